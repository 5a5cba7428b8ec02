"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CheckboxList } from "@/components/ui/checkbox-list";
import { dayMs, utcDay } from "@/components/ui/dates";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { PermissionSetId } from "@/lib/access/permission-sets";
import type { Scope } from "@/lib/access/scopes";
import type { FieldIssue } from "@/lib/errors";
import { type CreateTokenInput, createTokenSchema, type TokenView } from "@/lib/tokens/schema";
import { type PickerResource, ScopePicker } from "./scope-picker";
import { defaultExpiry, type ExpiryChoice, expiryChoices, expiryLabels, expiryTime } from "./token-expiry";
import { counted, describeAccess, listed } from "./wording";

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

export type CreateTokenResult =
  | { ok: true; token: TokenView; secret: string }
  | { ok: false; message: string; issues: readonly FieldIssue[]; correlationId: string };

export interface CreateTokenFormProps {
  context: { organizationName: string; tenantName: string };
  permissionSets: readonly GrantableSet[];
  resources: readonly PickerResource[];
  datasets: readonly NamedResource[];
  pipelines: readonly NamedResource[];
  create: (input: CreateTokenInput) => Promise<CreateTokenResult>;
  onCreated: (created: { token: TokenView; secret: string }) => void;
  onCancel: () => void;
}

interface Draft {
  name: string;
  description: string;
  access: PermissionSetId | "custom" | null;
  customScopes: readonly Scope[];
  datasets: readonly string[];
  pipelines: readonly string[];
  addresses: string;
  expiry: ExpiryChoice;
  customDate: string;
}

interface Failure {
  message: string;
  issues: readonly FieldIssue[];
  correlationId: string | null;
}

export function CreateTokenForm({
  context,
  permissionSets,
  resources,
  datasets,
  pipelines,
  create,
  onCreated,
  onCancel,
}: CreateTokenFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [openedAt] = useState(Date.now);
  const [draft, setDraft] = useState<Draft>(() => ({
    name: "",
    description: "",
    access: permissionSets.find((set) => set.grantable)?.id ?? null,
    customScopes: [],
    datasets: [],
    pipelines: [],
    addresses: "",
    expiry: defaultExpiry,
    customDate: "",
  }));
  const [submitted, setSubmitted] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  const chosenSet = permissionSets.find((set) => set.id === draft.access);
  const scopes = draft.access === "custom" ? draft.customScopes : (chosenSet?.scopes ?? []);
  const limitable = {
    datasets: scopes.some((scope) => scope.startsWith("metrics:")),
    pipelines: scopes.some((scope) => scope.startsWith("pipeline:")),
  };
  const expiresAt = expiryTime(draft.expiry, draft.customDate, openedAt);
  const addresses = draft.addresses.split(/[\s,]+/).filter((address) => address !== "");
  const checked = check();
  const issues = [...(submitted && !checked.ok ? checked.issues : []), ...(failure?.issues ?? [])];
  const unplaced = failure?.issues.filter((issue) => !fieldPaths.some((path) => isWithin(issue.path, path))) ?? [];

  function edit(change: Partial<Draft>) {
    setDraft({ ...draft, ...change });
    setFailure(null);
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
    const noDate: FieldIssue[] = expiresAt === undefined ? [{ path: "expiresAt", message: "Choose a date" }] : [];
    if (parsed.success && noDate.length === 0) return { ok: true, input: parsed.data } as const;
    const found = parsed.error?.issues.map(({ path, message }) => ({ path: path.join("."), message })) ?? [];
    return { ok: false, issues: [...found, ...noDate] } as const;
  }

  function errorAt(...paths: readonly string[]): string | undefined {
    return issues.find((issue) => paths.some((path) => isWithin(issue.path, path)))?.message;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    if (!checked.ok) {
      flushSync(() => setSubmitted(true));
      focusFirstError(form.current);
      return;
    }
    const { input } = checked;
    setSubmitted(true);
    setFailure(null);
    startTransition(async () => {
      const result = await attempt(input);
      if (result.ok) return onCreated(result);
      flushSync(() => setFailure(result));
      focusFirstError(form.current);
    });
  }

  async function attempt(input: CreateTokenInput): Promise<CreateTokenResult | ({ ok: false } & Failure)> {
    try {
      return await create(input);
    } catch (fault) {
      unstable_rethrow(fault);
      return {
        ok: false,
        message:
          "The server did not answer, so the token may or may not exist. Look for it in the list before you try again.",
        issues: [],
        correlationId: null,
      };
    }
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-5">
          {failure !== null && (failure.issues.length === 0 || unplaced.length > 0) && (
            <ProblemBanner
              title="The token was not created"
              message={[failure.message, ...unplaced.map((issue) => issue.message)].join(" ")}
              correlationId={failure.correlationId}
            />
          )}
          <Field label="Name" hint="Say what will use it, such as “edge collector, Oslo”." error={errorAt("name")}>
            <Input
              name="name"
              value={draft.name}
              onValueChange={(name) => edit({ name })}
              maxLength={80}
              autoComplete="off"
              data-1p-ignore=""
            />
          </Field>
          <Field label="Description" optional error={errorAt("description")}>
            <Textarea
              name="description"
              value={draft.description}
              onValueChange={(description) => edit({ description })}
            />
          </Field>
          <RadioCards<PermissionSetId | "custom">
            legend="Permissions"
            value={draft.access}
            onValueChange={(access) => edit({ access })}
            error={errorAt("permissionSet")}
            options={[
              ...permissionSets.map((set) => ({
                value: set.id,
                label: set.label,
                description: set.description,
                detail: <ScopeList scopes={set.scopes} />,
                disabledReason: set.grantable ? undefined : `You don't hold ${listed(set.missingScopes)}.`,
              })),
              {
                value: "custom",
                label: "Custom",
                description: "Choose each scope yourself.",
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
              legend="Datasets"
              hint="The token can write to these datasets only."
              options={datasets}
              selected={draft.datasets}
              onSelectedChange={(chosen) => edit({ datasets: chosen })}
              error={errorAt("resources.datasets", "resources")}
              empty="This tenant has no datasets yet. Create one first, or choose a permission set that is not limited to datasets."
            />
          ) : (
            limitable.datasets && (
              <Disclosure
                key="datasets"
                label="Limit to datasets"
                note={chosenNote(draft.datasets)}
                defaultOpen={draft.datasets.length > 0}
              >
                <CheckboxList
                  legend="Datasets"
                  hint="None chosen: every dataset, also later ones."
                  options={datasets}
                  selected={draft.datasets}
                  onSelectedChange={(chosen) => edit({ datasets: chosen })}
                  error={errorAt("resources.datasets")}
                  empty="This tenant has no datasets yet, so there is nothing to limit the token to."
                />
              </Disclosure>
            )
          )}
          {limitable.pipelines && (
            <Disclosure label="Limit to pipelines" note={chosenNote(draft.pipelines)}>
              <CheckboxList
                legend="Pipelines"
                hint="None chosen: every pipeline, also later ones."
                options={pipelines}
                selected={draft.pipelines}
                onSelectedChange={(chosen) => edit({ pipelines: chosen })}
                error={errorAt("resources.pipelines")}
                empty="This tenant has no pipelines yet, so there is nothing to limit the token to."
              />
            </Disclosure>
          )}
          <Disclosure label="Limit to addresses" note={chosenNote(addresses)}>
            <Field
              label="Allowed addresses"
              hint="IPv4 or IPv6 addresses or CIDR ranges, one a line. Empty: from anywhere."
              error={errorAt("allowedCidrs")}
            >
              <Textarea
                name="allowedCidrs"
                rows={2}
                className="font-mono"
                placeholder="203.0.113.0/24"
                spellCheck={false}
                value={draft.addresses}
                onValueChange={(text) => edit({ addresses: text })}
              />
            </Field>
          </Disclosure>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <Field
              label="Expiration"
              error={draft.expiry === "custom" ? undefined : errorAt("expiresAt")}
              hint={typeof expiresAt === "number" ? `Stops working on ${utcDay(expiresAt)} (UTC).` : undefined}
            >
              <Select<ExpiryChoice>
                options={expiryChoices.map((value) => ({ value, label: expiryLabels[value] }))}
                value={draft.expiry}
                onValueChange={(expiry) => edit({ expiry })}
              />
            </Field>
            {draft.expiry === "custom" && (
              <Field label="Last day" error={errorAt("expiresAt")}>
                <Input
                  type="date"
                  value={draft.customDate}
                  min={new Date(openedAt + dayMs).toISOString().slice(0, 10)}
                  onValueChange={(customDate) => edit({ customDate })}
                />
              </Field>
            )}
          </div>
          {draft.expiry === "never" && (
            <Banner tone="warning">
              Without an expiry a leaked secret works until someone notices and revokes it. Prefer a date.
            </Banner>
          )}
        </div>
      </OverlayBody>
      <OverlayFooter>
        <p aria-live="polite" className="min-w-0 flex-1 basis-64 text-xs text-muted max-sm:basis-full">
          {reviewLine()}
        </p>
        <Button onClick={onCancel} disabledReason={pending ? "The token is being created" : undefined}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel="Creating…">
          Create token
        </Button>
      </OverlayFooter>
    </form>
  );

  function reviewLine(): string {
    const access = describeAccess({
      scopes,
      datasetCount: limitable.datasets ? draft.datasets.length : 0,
      pipelineCount: limitable.pipelines ? draft.pipelines.length : 0,
    });
    if (access === "") return "Choose what the token may do.";
    if (chosenSet?.requiresDatasets === true && draft.datasets.length === 0)
      return "Choose the datasets it may write to.";
    const until =
      expiresAt === null ? ", until revoked" : expiresAt === undefined ? "" : `, until ${utcDay(expiresAt)}`;
    const from = addresses.length === 0 ? "" : `, from ${counted(addresses.length, "address", "addresses")}`;
    return `Can ${access} in ${context.organizationName} / ${context.tenantName}${from}${until}.`;
  }
}

const fieldPaths = ["name", "description", "permissionSet", "scopes", "expiresAt", "resources", "allowedCidrs"];

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

function chosenNote(chosen: readonly string[]): string {
  return chosen.length === 0 ? "Optional" : `${chosen.length} chosen`;
}

function focusFirstError(form: HTMLFormElement | null) {
  form?.querySelector<HTMLElement>("[aria-invalid=true], [data-field-error], [role=alert]")?.focus();
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
