import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SignedInDto } from '#client';
import { dataOf } from '../../api/ask.js';
import { publicApi, session } from '../../api/client.js';
import { serverNow } from '../../time/server-clock.js';
import { PasswordField } from './password-field.js';
import { SignInProblem } from './sign-in-problem.js';

/** E-mail address and password. Also in the dialog over a page whose session has ended. */
export function SignInForm({ onSignedIn }: { onSignedIn: (signedIn: SignedInDto) => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failedAt, setFailedAt] = useState(0);
  const signIn = useMutation({
    mutationFn: () => dataOf(publicApi.POST('/api/v1/auth/login', { body: { email, password } })),
    onSuccess: (signedIn) => {
      session.signIn(signedIn);
      onSignedIn(signedIn);
    },
    onError: () => setFailedAt(serverNow()),
  });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { reset } = signIn;
  const forget = useCallback(() => reset(), [reset]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          ref={first}
          data-autofocus
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {signIn.error && <SignInProblem error={signIn.error} at={failedAt} onOver={forget} />}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
