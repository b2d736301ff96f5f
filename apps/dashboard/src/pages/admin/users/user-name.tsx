import type { ManagedUserDto } from '#client';
import { useUser } from '../../../shell/use-session.js';
import classes from './users.module.css';

/** Whose account it is; small windows have the address below the name. */
export function UserName({ user: { id, name, email } }: { user: ManagedUserDto }) {
  const isMe = useUser()?.id === id;
  return (
    <span className={classes.who} data-hint={email}>
      <span className={classes.name}>{name}</span>
      {isMe && <span className={classes.me}>you</span>}
    </span>
  );
}
