import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { ChronosApiError } from '#client';
import { dataOf } from '../../api/ask.js';
import { publicApi, session } from '../../api/client.js';
import { describeError } from '../../api/describe-error.js';
import { PASSWORD_HINT } from '../../shell/password-hint.js';
import { serverNow } from '../../time/server-clock.js';
import { PasswordField } from './password-field.js';
import { useIsRegistrationOpen } from './registration.js';
import { SignInFrame } from './sign-in-frame.js';
import { SignInProblem } from './sign-in-problem.js';

const route = getRouteApi('/register');

export default function RegisterPage() {
  const { back } = route.useSearch();
  const navigate = useNavigate();
  const isRegistrationOpen = useIsRegistrationOpen();
  const [input, setInput] = useState({ name: '', email: '', password: '' });
  const [failedAt, setFailedAt] = useState(0);
  const register = useMutation({
    mutationFn: () => dataOf(publicApi.POST('/api/v1/auth/register', { body: input })),
    onSuccess: (signedIn) => {
      session.signIn(signedIn);
      void navigate({ to: back ?? '/', replace: true });
    },
    onError: () => setFailedAt(serverNow()),
  });
  const { error, reset } = register;
  const forget = useCallback(() => reset(), [reset]);
  const isClosed =
    isRegistrationOpen === false ||
    (error instanceof ChronosApiError && error.code === 'REGISTRATION_CLOSED');
  const isTaken = error instanceof ChronosApiError && error.code === 'EMAIL_TAKEN';
  const faults = error ? describeError(error).fields : [];
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const field = (name: keyof typeof input) => ({
    name,
    required: true,
    withAsterisk: false,
    value: input[name],
    error: fault(name),
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setInput((before) => ({ ...before, [name]: currentTarget.value })),
  });

  if (isClosed) {
    return (
      <SignInFrame title="Registration is closed">
        <Text size="sm" c="dimmed">
          This installation takes no registrations. Ask its administrator for an account.
        </Text>
        <SignInLink back={back} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="Register">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          register.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput label="Name" autoComplete="name" {...field('name')} />
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            {...field('email')}
            {...(isTaken && { error: 'There is an account with this address already. Sign in instead.' })}
          />
          <PasswordField
            label="Password"
            autoComplete="new-password"
            description={PASSWORD_HINT}
            {...field('password')}
          />
          {error && !isTaken && faults.length === 0 && (
            <SignInProblem error={error} at={failedAt} onOver={forget} />
          )}
          <Button type="submit" fullWidth loading={register.isPending}>
            Register
          </Button>
        </Stack>
      </form>
      <SignInLink back={back} />
    </SignInFrame>
  );
}

function SignInLink({ back }: { back: string | undefined }) {
  return (
    <Text size="sm" c="dimmed">
      Already registered?{' '}
      <Link to="/sign-in" search={back === undefined ? {} : { back }}>
        Sign in
      </Link>
    </Text>
  );
}
