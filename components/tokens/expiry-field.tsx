"use client";

import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { dayMs, utcDay } from "@/components/ui/dates";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { dayOf, type ExpiryChoice, expiryOptions, type LifetimePolicy, latestExpiry } from "./token-expiry";

interface ExpiryFieldProps {
  policy: LifetimePolicy;
  choice: ExpiryChoice;
  onChoiceChange: (choice: ExpiryChoice) => void;
  /** The last day, YYYY-MM-DD; counts while the choice is `custom`. */
  customDate: string;
  onCustomDateChange: (date: string) => void;
  /** What the choice comes to: see expiryTime. */
  expiresAt: number | null | undefined;
  /** The time lifetimes count from, in milliseconds. */
  now: number;
  error: string | undefined;
}

/** When a new token stops working, within what the tenant's policy allows. */
export function ExpiryField({
  policy,
  choice,
  onChoiceChange,
  customDate,
  onCustomDateChange,
  expiresAt,
  now,
  error,
}: ExpiryFieldProps) {
  const text = useText();
  const latest = latestExpiry(policy, now);
  const isCustom = choice === "custom";
  const hint = [
    ...(typeof expiresAt === "number" ? [text("Stops working on {day} (UTC).", { day: utcDay(expiresAt, text) })] : []),
    ...(policy.maxLifetimeDays === null
      ? []
      : [
          text("The tenant's policy allows {count, plural, one {# day} other {# days}} at most.", {
            count: policy.maxLifetimeDays,
          }),
        ]),
  ].join(" ");
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field label={text("Expiration")} error={isCustom ? undefined : error} {...(hint !== "" && { hint })}>
          <Select<ExpiryChoice> options={expiryOptions(policy, text)} value={choice} onValueChange={onChoiceChange} />
        </Field>
        {isCustom && (
          <Field label={text("Last day")} error={error}>
            <Input
              type="date"
              value={customDate}
              min={dayOf(now + dayMs)}
              {...(latest !== null && { max: dayOf(latest) })}
              onValueChange={onCustomDateChange}
            />
          </Field>
        )}
      </div>
      {choice === "never" && (
        <Banner tone="warning">
          {text("Without an expiry a leaked secret works until someone notices and revokes it. Prefer a date.")}
        </Banner>
      )}
    </>
  );
}
