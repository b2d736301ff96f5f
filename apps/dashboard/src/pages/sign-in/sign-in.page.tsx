import { Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useIsRegistrationOpen } from './registration.js';
import { SignInForm } from './sign-in-form.js';
import { SignInFrame } from './sign-in-frame.js';

const route = getRouteApi('/sign-in');

export default function SignInPage() {
  const { back } = route.useSearch();
  const navigate = useNavigate();
  const isRegistrationOpen = useIsRegistrationOpen();
  return (
    <SignInFrame title="Sign in">
      <SignInForm onSignedIn={() => void navigate({ to: back ?? '/', replace: true })} />
      {isRegistrationOpen === true && (
        <Text size="sm" c="dimmed">
          No account yet?{' '}
          <Link to="/register" search={back === undefined ? {} : { back }}>
            Register
          </Link>
        </Text>
      )}
    </SignInFrame>
  );
}
