"use client";

import { clsx } from "clsx";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterSelect } from "@/components/ui/filter-select";
import { Input } from "@/components/ui/input";
import type { SelectOption } from "@/components/ui/select";
import { AuditLookup } from "./audit-lookup";
import { type AuditRange, type AuditState, mayHideUses, noFilter } from "./audit-params";
import { actionGroups, actionLabel, actionsOf } from "./audit-wording";

export interface Choice {
  id: string;
  label: string;
}

interface AuditFiltersProps {
  state: AuditState;
  onChange: (change: Partial<AuditState> | typeof noFilter) => void;
  /** Who did something lately: people and tokens. */
  actors: readonly Choice[];
  /** The tenants to choose from; none within one tenant. */
  tenants: readonly Choice[];
  /** The best name there is for an id. */
  nameOf: (id: string) => string;
}

/** Chooses a part of the log: by choice, or by pasting what another system calls it. */
export function AuditFilters({ state, onChange, actors, tenants, nameOf }: AuditFiltersProps) {
  const choose = (key: "action" | "actor" | "place") => (value: string) => onChange({ [key]: value || null });
  return (
    <div className="mb-3 grid gap-2">
      <div className="grid grid-cols-2 gap-2 @2xl:flex @2xl:flex-wrap">
        <div className="col-span-2 @2xl:contents">
          <AuditLookup
            isActor={(id) => actors.some((actor) => actor.id === id)}
            onFound={({ filter, value }) => onChange({ [filter]: value })}
          />
        </div>
        <FilterSelect
          aria-label="Action"
          prefix="Action"
          options={withCurrent(actionOptions, state.action, actionLabel)}
          value={state.action ?? ""}
          onValueChange={choose("action")}
          className={selectStyle}
        />
        <FilterSelect
          aria-label="Outcome"
          prefix="Outcome"
          options={outcomeOptions}
          value={state.outcome ?? ""}
          onValueChange={(value) => onChange({ outcome: value === "" ? null : value })}
          className={selectStyle}
        />
        <FilterSelect
          aria-label="Done by"
          prefix="Done by"
          options={withCurrent([{ value: "", label: "Anyone" }, ...actors.map(optionOf)], state.actor, nameOf)}
          value={state.actor ?? ""}
          onValueChange={choose("actor")}
          className={selectStyle}
        />
        <FilterSelect
          aria-label="Time"
          prefix="Time"
          options={rangeOptions}
          value={state.range}
          onValueChange={(range) => onChange({ range, from: null, to: null })}
          className={selectStyle}
        />
        {tenants.length > 0 && (
          <FilterSelect
            aria-label="Tenant"
            prefix="Tenant"
            options={[
              { value: "", label: "All" },
              { value: "none", label: "None: the organization itself" },
              ...tenants.map(optionOf),
            ]}
            value={state.place ?? ""}
            onValueChange={choose("place")}
            className={clsx(selectStyle, "col-span-2")}
          />
        )}
        {mayHideUses(state) && (
          <Checkbox
            label="Show token uses"
            checked={state.uses}
            onCheckedChange={(uses) => onChange({ uses })}
            className="col-span-2 py-1.5 @2xl:ml-auto"
          />
        )}
      </div>
      {state.range === "custom" && (
        <div className="flex flex-wrap gap-2">
          <TimeField label="From, in UTC" value={state.from} onChange={(from) => onChange({ from })} />
          <TimeField label="Before, in UTC" value={state.to} onChange={(to) => onChange({ to })} />
        </div>
      )}
      <FilterChips chips={chipsOf(state, onChange, nameOf)} onClear={() => onChange(noFilter)} />
    </div>
  );
}

const selectStyle = "min-w-0 @2xl:w-auto @2xl:max-w-64";

interface TimeFieldProps {
  label: string;
  /** RFC 3339. */
  value: string | null;
  onChange: (value: string | null) => void;
}

function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <Field label={label} className="w-56 max-sm:w-full">
      <Input
        type="datetime-local"
        defaultValue={value === null ? "" : new Date(value).toISOString().slice(0, 16)}
        onBlur={({ target }) => {
          const next = target.value === "" ? null : `${target.value}:00Z`;
          if (next !== value) onChange(next);
        }}
      />
    </Field>
  );
}

const outcomeOptions = [
  { value: "", label: "Any" },
  { value: "success", label: "Success" },
  { value: "denied", label: "Denied" },
] as const;

const rangeLabels: Readonly<Record<AuditRange, string>> = {
  any: "Any",
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
  custom: "Custom",
};
const rangeOptions = (["any", "hour", "day", "week", "month", "custom"] as const).map((value) => ({
  value,
  label: rangeLabels[value],
}));

const resourceKinds = {
  pipeline: "pipelines",
  collector: "collectors",
  dataset: "datasets",
  alert: "alerts",
  article: "knowledge articles",
} as const;

const actionOptions: readonly SelectOption<string>[] = [
  { value: "", label: "Any" },
  ...actionGroups.flatMap((group) => actionsOf(group).map((option) => ({ ...option, group }))),
  ...Object.entries(resourceKinds).map(([kind, words]) => ({
    value: `${kind}.*`,
    label: `Changes of ${words}`,
    group: "Resources",
  })),
];

function optionOf({ id, label }: Choice): SelectOption<string> {
  return { value: id, label };
}

/** The options with the one in force, which a link may have brought. */
function withCurrent(
  options: readonly SelectOption<string>[],
  current: string | null,
  labelOf: (value: string) => string,
): readonly SelectOption<string>[] {
  if (current === null || options.some(({ value }) => value === current)) return options;
  return [...options, { value: current, label: labelOf(current) }];
}

function chipsOf(state: AuditState, onChange: AuditFiltersProps["onChange"], nameOf: (id: string) => string) {
  const { action, outcome, actor, target, address, correlationId, place, range, from, to } = state;
  const actionName = actionOptions.find(({ value }) => value === action)?.label;
  const time =
    range === "custom"
      ? [from && `from ${minuteOf(from)}`, to && `before ${minuteOf(to)}`].filter(Boolean).join(" ")
      : rangeLabels[range];
  const chip = (name: string, value: string | null, removed: Partial<AuditState>) =>
    value === null || value === "" ? [] : [{ name, value, onRemove: () => onChange(removed) }];
  return [
    ...chip("Action", action && (actionName ?? actionLabel(action)), { action: null }),
    ...chip("Outcome", outcome && (outcome === "denied" ? "Denied" : "Success"), { outcome: null }),
    ...chip("Done by", actor && nameOf(actor), { actor: null }),
    ...chip("Done to", target && nameOf(target), { target: null }),
    ...chip("Address", address, { address: null }),
    ...chip("Correlation ID", correlationId, { correlationId: null }),
    ...chip("Tenant", place && (place === "none" ? "None: the organization itself" : nameOf(place)), { place: null }),
    ...chip("Time", range === "any" ? null : time, { range: "any", from: null, to: null }),
  ];
}

/** "2027-02-21 09:30" */
function minuteOf(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
