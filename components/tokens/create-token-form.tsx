"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { useReauthentication } from "@/components/account/reauthenticate-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CheckboxList } from "@/components/ui/checkbox-list";
import { utcDay } from "@/components/ui/dates";
import { Disclosure } from "@/components/ui/disclosure";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { focusFirstError, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { PermissionSetId } from "@/lib/access/permission-sets";
import type { Scope } from "@/lib/access/scopes";
import type { FieldIssue } from "@/lib/errors";
import type { TokenPolicy } from "@/lib/policy/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { type CreateTokenInput, createTokenSchema, type TokenView } from "@/lib/tokens/schema";
import { draftOfLink } from "./create-link";
import type { CreateLink } from "./create-link-params";
import { ExpiryField } from "./expiry-field";
import { type PickerResource, ScopePicker } from "./scope-picker";
import { draftFrom, type TokenDraft, type TokenTemplate } from "./token-draft";
import { type ExpiryChoice, expiryTime, latestExpiry, reasonAgainstExpiry } from "./token-expiry";
import { useIdempotencyKey } from "./use-idempotency-key";
import { describeAccess } from "./wording";

export interface GrantableSet {
  id: PermissionSetId;
  label: string;
  description: string;
  scopes: readonly Scope[];
  grantable: boolean;
  missingScopes: readonly Scope[];
  requiresDatasets: boolean;
}

export interface NamedResource {
  id: string;
  name: string;
}

export interface CreateTokenFormProps {
  context: { organizationName: string; tenantName: string };
  permissionSets: readonly GrantableSet[];
  resources: readonly PickerResource[];
  datasets: readonly NamedResource[];
  pipelines: readonly NamedResource[];
  /** The tenant's policy, which the server holds every new token to. */
  policy: TokenPolicy;
  /** What the form starts from: another token's settings, or what a link asks for; an empty form without. */
  initial?: TokenTemplate | CreateLink | null;
  create: (input: CreateTokenInput, idempotencyKey: string) => Promise<Outcome<{ token: TokenView; secret: string }>>;
  onCreated: (created: { token: TokenView; secret: string }) => void;
  onCancel: () => void;
}

interface Draft extends TokenDraft {
  expiry: ExpiryChoice;
}

export function CreateTokenForm({
  context,
  permissionSets,
  resources,
  datasets,
  pipelines,
  policy,
  initial = null,
  create,
  onCreated,
  onCancel,
  nameInput,
}: CreateTokenFormProps & { nameInput: RefObject<HTMLInputElement | null> }) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [openedAt] = useState(Date.now);
  const [start] = useState(() =>
    startOf(initial, { permissionSets, resources, datasets, pipelines, policy }, openedAt, text),
  );
  const [draft, setDraft] = useState<Draft>({
    ...start.draft,
    expiry: startingExpiry(start.draft, policy, openedAt, text),
  });
  const [named, setNamed] = useState(false);
  const [submitted, setSubmitted] = useState(false);
  const keyFor = useIdempotencyKey<CreateTokenInput>();
  const { confirmed, prompt } = useReauthentication();
  const { pending, failure, submit, clear } = useSubmission({
    send: (input: CreateTokenInput) => confirmed(() => create(input, keyFor(input))),
    onDone: onCreated,
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so the token may exist already. Try again: you will get the same token, not a second one.",
    ),
  });

  const chosenSet = permissionSets.find((set) => set.id === draft.access);
  const scopes = draft.access === "custom" ? draft.customScopes : (chosenSet?.scopes ?? []);
  const limitable = {
    datasets: scopes.some((scope) => scope.startsWith("metrics:")),
    pipelines: scopes.some((scope) => scope.startsWith("pipeline:")),
  };
  const expiresAt = expiryTime(draft.expiry, draft.customDate, openedAt, latestExpiry(policy, openedAt));
  const addresses = draft.addresses.split(/[\s,]+/).filter((address) => address !== "");
  const addressesHint =
    policy.requiredCidrs.length === 0
      ? text("IPv4 or IPv6 addresses or CIDR ranges, one a line. Empty: from anywhere.")
      : text(
          "IPv4 or IPv6 addresses or CIDR ranges, one a line. Empty: {ranges}, which the tenant's policy limits every token to.",
          { ranges: text.list(policy.requiredCidrs) },
        );
  const checked = check();
  const found = checked.ok ? [] : checked.issues.filter(({ path }) => submitted || (named && path === "name"));
  const issues = [...found, ...(failure?.issues ?? [])];

  function edit(change: Partial<Draft>) {
    setDraft({ ...draft, ...change });
    clear();
  }

  function check() {
    const limits = {
      ...(limitable.datasets && draft.datasets.length > 0 && { datasets: [...draft.datasets] }),
      ...(limitable.pipelines && draft.pipelines.length > 0 && { pipelines: [...draft.pipelines] }),
    };
    const parsed = createTokenSchema.safeParse({
      name: draft.name,
      ...(draft.description.trim() !== "" && { description: draft.description }),
      ...(draft.access === "custom" && { scopes: [...draft.customScopes] }),
      ...(draft.access !== null && draft.access !== "custom" && { permissionSet: draft.access }),
      // Without a date, the schema's own message would speak of time formats.
      expiresAt: typeof expiresAt === "number" ? new Date(expiresAt).toISOString() : null,
      ...(Object.keys(limits).length > 0 && { resources: limits }),
      ...(addresses.length > 0 && { allowedCidrs: addresses }),
    });
    const noDate: FieldIssue[] =
      expiresAt === undefined ? [{ path: "expiresAt", message: message("Choose a date") }] : [];
    if (parsed.success && noDate.length === 0) return { ok: true, input: parsed.data } as const;
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [];
    return { ok: false, issues: [...found, ...noDate] } as const;
  }

  function errorAt(...paths: readonly string[]): string | undefined {
    return issues.find((issue) => paths.some((path) => isWithin(issue.path, path)))?.message;
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    flushSync(() => setSubmitted(true));
    if (checked.ok) submit(checked.input);
    else focusFirstError(form.current);
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          <FailureBanner
            title={text("The token was not created")}
            failure={failure}
            fields={issues.flatMap(({ path }) => (fieldPaths.some((field) => isWithin(path, field)) ? path : []))}
          />
          {start.isLink && (
            <Banner title={text("A link filled this in")}>
              {text("Check what it asks for before you create the token, and that you trust where the link came from.")}
            </Banner>
          )}
          {start.leftOut.length > 0 && (
            <Banner
              tone="warning"
              title={
                start.source === null
                  ? text("Not all of what it asks for could be taken over")
                  : text("Not all of “{name}” could be taken over", { name: start.source })
              }
            >
              {text("Left out: {parts}.", { parts: start.leftOut.join("; ") })}
            </Banner>
          )}
          <Field
            label={text("Name")}
            hint={text("Say what will use it, such as “edge collector, Oslo”.")}
            error={errorAt("name")}
          >
            <Input
              ref={nameInput}
              name="name"
              value={draft.name}
              onValueChange={(name) => {
                setNamed(true);
                edit({ name });
              }}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
          <Field label={text("Description")} optional error={errorAt("description")}>
            <Textarea
              name="description"
              value={draft.description}
              onValueChange={(description) => edit({ description })}
            />
          </Field>
          <RadioCards<PermissionSetId | "custom">
            legend={text("Permissions")}
            value={draft.access}
            onValueChange={(access) => edit({ access })}
            error={errorAt("permissionSet")}
            options={[
              ...permissionSets.map((set) => ({
                value: set.id,
                label: text.known(set.label),
                description: text.known(set.description),
                detail: <ScopeList scopes={set.scopes} />,
                disabledReason: reasonAgainstSet(set),
              })),
              {
                value: "custom",
                label: text("Custom"),
                description: text("Choose each scope yourself."),
              },
            ]}
          />
          {draft.access === "custom" && (
            <ScopePicker
              resources={resources}
              selected={draft.customScopes}
              onSelectedChange={(customScopes) => edit({ customScopes })}
              error={errorAt("scopes")}
            />
          )}
          {chosenSet?.requiresDatasets === true ? (
            <CheckboxList
              legend={text("Datasets")}
              hint={text("The token can write to these datasets only.")}
              options={datasets}
              selected={draft.datasets}
              onSelectedChange={(chosen) => edit({ datasets: chosen })}
              error={errorAt("resources.datasets", "resources")}
              empty={text(
                "This tenant has no datasets yet. Create one first, or choose a permission set that is not limited to datasets.",
              )}
            />
          ) : (
            limitable.datasets && (
              <Disclosure
                key="datasets"
                label={text("Limit to datasets")}
                note={chosenNote(draft.datasets, text)}
                defaultOpen={draft.datasets.length > 0}
              >
                <CheckboxList
                  legend={text("Datasets")}
                  hint={text("None chosen: every dataset, also later ones.")}
                  options={datasets}
                  selected={draft.datasets}
                  onSelectedChange={(chosen) => edit({ datasets: chosen })}
                  error={errorAt("resources.datasets")}
                  empty={text("This tenant has no datasets yet, so there is nothing to limit the token to.")}
                />
              </Disclosure>
            )
          )}
          {limitable.pipelines && (
            <Disclosure
              label={text("Limit to pipelines")}
              note={chosenNote(draft.pipelines, text)}
              defaultOpen={draft.pipelines.length > 0}
            >
              <CheckboxList
                legend={text("Pipelines")}
                hint={text("None chosen: every pipeline, also later ones.")}
                options={pipelines}
                selected={draft.pipelines}
                onSelectedChange={(chosen) => edit({ pipelines: chosen })}
                error={errorAt("resources.pipelines")}
                empty={text("This tenant has no pipelines yet, so there is nothing to limit the token to.")}
              />
            </Disclosure>
          )}
          <Disclosure
            label={text("Limit to addresses")}
            note={chosenNote(addresses, text)}
            defaultOpen={addresses.length > 0}
          >
            <Field label={text("Allowed addresses")} hint={addressesHint} error={errorAt("allowedCidrs")}>
              <Textarea
                name="allowedCidrs"
                rows={2}
                className="font-mono"
                placeholder="203.0.113.0/24"
                spellCheck={false}
                value={draft.addresses}
                onValueChange={(value) => edit({ addresses: value })}
              />
            </Field>
          </Disclosure>
          <ExpiryField
            policy={policy}
            choice={draft.expiry}
            onChoiceChange={(expiry) => edit({ expiry })}
            customDate={draft.customDate}
            onCustomDateChange={(customDate) => edit({ customDate })}
            expiresAt={expiresAt}
            now={openedAt}
            error={errorAt("expiresAt")}
          />
        </div>
      </OverlayBody>
      {prompt}
      <OverlayFooter>
        <p aria-live="polite" className="min-w-0 flex-1 basis-64 text-xs text-muted max-sm:basis-full">
          {reviewLine()}
        </p>
        <Button onClick={onCancel} disabledReason={pending ? text("The token is being created") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Creating…")}>
          {text("Create token")}
        </Button>
      </OverlayFooter>
    </form>
  );

  function reasonAgainstSet(set: GrantableSet): string | undefined {
    if (set.id === "full-access" && !policy.fullAccessAllowed) return text("The tenant's policy doesn't allow it.");
    return set.grantable ? undefined : text("You don't hold {scopes}.", { scopes: text.list(set.missingScopes) });
  }

  function reviewLine(): string {
    const access = describeAccess(
      {
        scopes,
        datasetCount: limitable.datasets ? draft.datasets.length : 0,
        pipelineCount: limitable.pipelines ? draft.pipelines.length : 0,
      },
      text,
    );
    if (access === "") return text("Choose what the token may do.");
    if (chosenSet?.requiresDatasets === true && draft.datasets.length === 0)
      return text("Choose the datasets it may write to.");
    return text(
      "Can {access} in {organization} / {tenant}{addresses, plural, =0 {} one {, from # address} other {, from # addresses}}{end, select, none {} never {, until revoked} other {, until {day}}}.",
      {
        access,
        organization: context.organizationName,
        tenant: context.tenantName,
        addresses: addresses.length,
        end: expiresAt === undefined ? "none" : expiresAt === null ? "never" : "day",
        day: typeof expiresAt === "number" ? utcDay(expiresAt, text) : "",
      },
    );
  }
}

const fieldPaths = ["name", "description", "permissionSet", "scopes", "expiresAt", "resources", "allowedCidrs"];

/** What the form starts with, the name of the token it is copied from, and what of it had to be left out. */
function startOf(
  initial: NonNullable<CreateTokenFormProps["initial"]> | null,
  choices: Parameters<typeof draftOfLink>[1] & Pick<CreateTokenFormProps, "permissionSets">,
  now: number,
  text: Text,
) {
  if (initial === null)
    return { draft: emptyDraft(choices.permissionSets), leftOut: [], source: null, isLink: false } as const;
  if (initial.purpose === "link")
    return { ...draftOfLink(initial, choices, now, text), source: null, isLink: true } as const;
  return { ...draftFrom(initial, choices, now, text), source: initial.token.name, isLink: false } as const;
}

function emptyDraft(permissionSets: readonly GrantableSet[]): TokenDraft {
  return {
    name: "",
    description: "",
    access: permissionSets.find((set) => set.grantable)?.id ?? null,
    customScopes: [],
    datasets: [],
    pipelines: [],
    addresses: "",
    expiry: null,
    customDate: "",
  };
}

/** The draft's own expiry where the policy allows it, otherwise the policy's default. */
function startingExpiry(
  { expiry, customDate }: TokenDraft,
  policy: TokenPolicy,
  now: number,
  text: Text,
): ExpiryChoice {
  const usual: ExpiryChoice = `${policy.defaultLifetimeDays}`;
  if (expiry === null || reasonAgainstExpiry(policy, expiry, text) !== undefined) return usual;
  const latest = latestExpiry(policy, now);
  return latest !== null && (expiryTime(expiry, customDate, now, latest) ?? 0) > latest ? usual : expiry;
}

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

function chosenNote(chosen: readonly string[], text: Text): string {
  return chosen.length === 0 ? text("Optional") : text("{count} chosen", { count: chosen.length });
}

function ScopeList({ scopes }: { scopes: readonly Scope[] }) {
  return (
    <span className="flex flex-wrap gap-x-2.5 gap-y-0.5 font-mono text-xs text-muted">
      {scopes.map((scope) => (
        <span key={scope}>{scope}</span>
      ))}
    </span>
  );
}
