"use client";

import { useText } from "#text";
import { ChangePasswordForm, type ChangePasswordFormProps } from "./change-password-form";

interface AccountPanelProps extends Pick<ChangePasswordFormProps, "changePassword"> {
  user: { name: string; email: string };
  hasPassword: boolean;
}

/** Profile → Account. */
export function AccountPanel({ user, hasPassword, changePassword }: AccountPanelProps) {
  const text = useText();
  return (
    <div className="grid max-w-xl gap-7">
      <section aria-labelledby="account-heading">
        <h2 id="account-heading" className="text-lg font-semibold tracking-tight">
          {text("Account")}
        </h2>
        <dl className="mt-4 grid gap-3 rounded-xl border bg-surface p-5 max-sm:p-4">
          <div>
            <dt className="font-medium">{text("Name")}</dt>
            <dd className="mt-0.5 break-words text-muted">{user.name}</dd>
          </div>
          <div>
            <dt className="font-medium">{text("E-mail")}</dt>
            <dd className="mt-0.5 break-all text-muted">{user.email}</dd>
          </div>
        </dl>
      </section>
      <section aria-labelledby="password-heading">
        <h2 id="password-heading" className="text-lg font-semibold tracking-tight">
          {text("Change password")}
        </h2>
        <p className="mt-0.5 text-muted">
          {hasPassword
            ? text("Every other browser is signed out, and your personal tokens stop working at once.")
            : text("You sign in by single sign-on and have no password here. An owner or admin can give you one.")}
        </p>
        {hasPassword && <ChangePasswordForm email={user.email} changePassword={changePassword} />}
      </section>
    </div>
  );
}
