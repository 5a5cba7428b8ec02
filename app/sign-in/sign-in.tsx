"use client";

import { useText } from "#text";
import { SignInForm, type SignInFormProps } from "@/components/shell/sign-in-form";
import type { Text } from "@/lib/text/text";

interface Credentials {
  email: string;
  password: string;
}

/** The sign-in form, wired to next-auth's own routes: the way scripts sign in, too. */
export function SignIn({ returnTo, ...shown }: Pick<SignInFormProps, "sso" | "failure"> & { returnTo: string }) {
  const text = useText();
  // A full load: nothing of the signed-out page, its cache included, is kept.
  return (
    <SignInForm
      {...shown}
      signIn={(credentials) => signIn(credentials, text)}
      onSignedIn={() => window.location.assign(returnTo)}
    />
  );
}

async function signIn(
  { email, password }: Credentials,
  text: Text,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const { csrfToken }: { csrfToken: string } = await (await fetch("/api/auth/csrf", { cache: "no-store" })).json();
  const response = await fetch("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  if (response.ok) return { ok: true };
  if (response.status === 429) {
    const { message }: { message: string } = await response.json();
    return { ok: false, message: text.known(message) };
  }
  const { url }: { url?: string } = await response.json().catch(() => ({}));
  const error = url === undefined ? null : new URL(url, window.location.origin).searchParams.get("error");
  if (error === "SsoRequired")
    return { ok: false, message: text("Your organization requires single sign-on. Use it instead of a password.") };
  return error === "CredentialsSignin"
    ? { ok: false, message: text("That e-mail and password don't match an active account. Check both and try again.") }
    : {
        ok: false,
        message: text("Sign-in isn't available right now. Nothing is wrong with your password; try again shortly."),
      };
}
