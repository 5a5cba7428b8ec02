"use client";

import { clsx } from "clsx";
import { KeyRound, Languages } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useRef, useState, useSyncExternalStore, useTransition } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import { PasswordInput } from "@/components/ui/password-input";
import type { SsoFailure } from "@/lib/sessions/schema";
import { languageNames } from "@/lib/text/languages";
import { BrandMark } from "./brand-mark";
import { LanguageChoice } from "./language-choice";
import { SsoFailureBanner } from "./sso-failure-banner";

export interface SignInFormProps {
  /** The OpenID provider, if there is one, and whether everybody but owners has to sign in there. */
  sso: { name: string; href: string; isRequired: boolean } | null;
  /** What came of signing in there, if it failed. */
  failure: SsoFailure | null;
  signIn: (credentials: { email: string; password: string }) => Promise<{ ok: true } | { ok: false; message: string }>;
  onSignedIn: () => void;
}

export function SignInForm({ sso, failure, signIn, onSignedIn }: SignInFormProps) {
  const text = useText();
  const [passwordShown, setPasswordShown] = useState(sso?.isRequired !== true);
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const variant = sso === null ? "primary" : "secondary";
  const hydrated = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const email = String(data.get("email") ?? "").trim();
    const password = String(data.get("password") ?? "");
    const found = {
      ...(email === "" && { email: text("Enter your e-mail address") }),
      ...(password === "" && { password: text("Enter your password") }),
    };
    setMissing(found);
    setError(null);
    if (email === "" || password === "") {
      form.current?.querySelector<HTMLInputElement>(email === "" ? "[name=email]" : "[name=password]")?.focus();
      return;
    }
    startTransition(async () => {
      const problem = await attempt(email, password);
      if (problem === null) return onSignedIn();
      setError(problem);
      form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
    });
  }

  async function attempt(email: string, password: string): Promise<string | null> {
    try {
      const result = await signIn({ email, password });
      return result.ok ? null : text.known(result.message);
    } catch (fault) {
      unstable_rethrow(fault);
      return text("The server could not be reached, so you are not signed in. Check your connection and try again.");
    }
  }

  return (
    <div className="w-full max-w-sm">
      <div className="mb-6 flex flex-col items-center text-center">
        <BrandMark className="size-10" />
        <h1 className="mt-4 text-xl font-semibold tracking-tight">{text("Sign in to Praxis Identity")}</h1>
      </div>
      {failure !== null && <SsoFailureBanner failure={failure} name={sso?.name ?? ""} />}
      {sso !== null && (
        <div className={clsx("grid gap-4 rounded-xl border bg-surface p-5 shadow-control", passwordShown && "mb-4")}>
          {/* Not a Link: it leads out of the app. */}
          <a href={sso.href} className={buttonStyle("primary", "md")}>
            <KeyRound aria-hidden="true" />
            {text("Continue with {name}", { name: sso.name })}
          </a>
          {!passwordShown && (
            <Button variant="ghost" onClick={() => setPasswordShown(true)}>
              {text("Use a password")}
            </Button>
          )}
        </div>
      )}
      {/* `method="post"` and the disabled button: a submit before hydration must not put the password in the URL. */}
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={submit}
        aria-label={text("Sign in")}
        hidden={!passwordShown}
        className="grid gap-4 rounded-xl border bg-surface p-5 shadow-control [&[hidden]]:hidden"
      >
        {error !== null && (
          <Banner tone="danger" announce>
            {error}
          </Banner>
        )}
        <Field label={text("E-mail")} error={missing.email}>
          <Input
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            onChange={() => setMissing((before) => withoutKey(before, "email"))}
          />
        </Field>
        <Field label={text("Password")} error={missing.password}>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            required
            onChange={() => setMissing((before) => withoutKey(before, "password"))}
          />
        </Field>
        {hydrated ? (
          <Button type="submit" variant={variant} pending={pending} pendingLabel={text("Signing in…")}>
            {text("Sign in")}
          </Button>
        ) : (
          <button type="submit" disabled className={buttonStyle(variant, "md")}>
            {text("Sign in")}
          </button>
        )}
      </form>
      <footer className="mt-4 flex justify-center">
        <Menu
          align="center"
          trigger={
            <Button variant="ghost" size="sm" className="font-normal text-muted hover:text-foreground">
              <Languages aria-hidden="true" />
              {languageNames[text.language]}
            </Button>
          }
        >
          <LanguageChoice />
        </Menu>
      </footer>
    </div>
  );
}

function withoutKey<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
