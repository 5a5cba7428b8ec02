"use client";

import { Languages } from "lucide-react";
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
import { languageNames } from "@/lib/text/languages";
import { BrandMark } from "./brand-mark";
import { LanguageChoice } from "./language-choice";

interface SignInFormProps {
  signIn: (credentials: { email: string; password: string }) => Promise<{ ok: true } | { ok: false; message: string }>;
  onSignedIn: () => void;
}

export function SignInForm({ signIn, onSignedIn }: SignInFormProps) {
  const text = useText();
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);
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
      {/* `method="post"` and the disabled button: a submit before hydration must not put the password in the URL. */}
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={submit}
        aria-label={text("Sign in")}
        className="grid gap-4 rounded-xl border bg-surface p-5 shadow-control"
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
          <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Signing in…")}>
            {text("Sign in")}
          </Button>
        ) : (
          <button type="submit" disabled className={buttonStyle("primary", "md")}>
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
