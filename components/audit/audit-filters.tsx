"use client";

import { clsx } from "clsx";
import { useText } from "#text";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterSelect } from "@/components/ui/filter-select";
import { Input } from "@/components/ui/input";
import type { SelectOption } from "@/components/ui/select";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { AuditLookup } from "./audit-lookup";
import { type AuditRange, type AuditState, auditRanges, mayHideUses, noFilter } from "./audit-params";
import { actionGroups, actionLabel, actionsOf, groupLabels } from "./audit-wording";

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
  const text = useText();
  const actionOptions = actionOptionsIn(text);
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
          aria-label={text("Action")}
          prefix={text("Action")}
          options={withCurrent(actionOptions, state.action, (action) => actionLabel(action, text))}
          value={state.action ?? ""}
          onValueChange={choose("action")}
          className={selectStyle}
        />
        <FilterSelect
          aria-label={text("Outcome")}
          prefix={text("Outcome")}
          options={outcomeOptions.map((option) => ({ ...option, label: text.known(option.label) }))}
          value={state.outcome ?? ""}
          onValueChange={(value) => onChange({ outcome: value === "" ? null : value })}
          className={selectStyle}
        />
        <FilterSelect
          aria-label={text("Done by")}
          prefix={text("Done by")}
          options={withCurrent([{ value: "", label: text("Anyone") }, ...actors.map(optionOf)], state.actor, nameOf)}
          value={state.actor ?? ""}
          onValueChange={choose("actor")}
          className={selectStyle}
        />
        <FilterSelect
          aria-label={text("Time")}
          prefix={text("Time")}
          options={auditRanges.map((value) => ({ value, label: text.known(rangeLabels[value]) }))}
          value={state.range}
          onValueChange={(range) => onChange({ range, from: null, to: null })}
          className={selectStyle}
        />
        {tenants.length > 0 && (
          <FilterSelect
            aria-label={text("Tenant")}
            prefix={text("Tenant")}
            options={[
              { value: "", label: text("All") },
              { value: "none", label: text("None: the organization itself") },
              ...tenants.map(optionOf),
            ]}
            value={state.place ?? ""}
            onValueChange={choose("place")}
            className={clsx(selectStyle, "col-span-2")}
          />
        )}
        {mayHideUses(state) && (
          <Checkbox
            label={text("Show token uses")}
            checked={state.uses}
            onCheckedChange={(uses) => onChange({ uses })}
            className="col-span-2 py-1.5 @2xl:ml-auto"
          />
        )}
      </div>
      {state.range === "custom" && (
        <div className="flex flex-wrap gap-2">
          <TimeField label={text("From, in UTC")} value={state.from} onChange={(from) => onChange({ from })} />
          <TimeField label={text("Before, in UTC")} value={state.to} onChange={(to) => onChange({ to })} />
        </div>
      )}
      <FilterChips chips={chipsOf(state, onChange, nameOf, text)} onClear={() => onChange(noFilter)} />
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
  { value: "", label: message("Any") },
  { value: "success", label: message("Success") },
  { value: "denied", label: message("Denied") },
] as const;

const rangeLabels: Readonly<Record<AuditRange, string>> = {
  any: message("Any"),
  hour: message("Last hour"),
  day: message("Last 24 hours"),
  week: message("Last 7 days"),
  month: message("Last 30 days"),
  custom: message("Custom"),
};

const resourceOptions = [
  { value: "pipeline.*", label: message("Changes of pipelines") },
  { value: "collector.*", label: message("Changes of collectors") },
  { value: "dataset.*", label: message("Changes of datasets") },
  { value: "alert.*", label: message("Changes of alerts") },
  { value: "article.*", label: message("Changes of knowledge articles") },
];

function actionOptionsIn(text: Text): readonly SelectOption<string>[] {
  const optionsIn = (group: string, options: readonly SelectOption<string>[]) =>
    options.map(({ value, label }) => ({ value, label: text.known(label), group }));
  return [
    { value: "", label: text("Any") },
    ...actionGroups.flatMap((group) => optionsIn(text.known(groupLabels[group]), actionsOf(group))),
    ...optionsIn(text("Resources"), resourceOptions),
  ];
}

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

function chipsOf(
  state: AuditState,
  onChange: AuditFiltersProps["onChange"],
  nameOf: (id: string) => string,
  text: Text,
) {
  const { action, outcome, actor, target, address, correlationId, place, range, from, to } = state;
  const actionName = actionOptionsIn(text).find(({ value }) => value === action)?.label;
  const time = range === "custom" ? between(from, to, text) : text.known(rangeLabels[range]);
  const chip = (name: string, value: string | null, removed: Partial<AuditState>) =>
    value === null || value === "" ? [] : [{ name, value, onRemove: () => onChange(removed) }];
  return [
    ...chip(text("Action"), action && (actionName ?? actionLabel(action, text)), { action: null }),
    ...chip(text("Outcome"), outcome && (outcome === "denied" ? text("Denied") : text("Success")), { outcome: null }),
    ...chip(text("Done by"), actor && nameOf(actor), { actor: null }),
    ...chip(text("Done to"), target && nameOf(target), { target: null }),
    ...chip(text("Address"), address, { address: null }),
    ...chip(text("Correlation ID"), correlationId, { correlationId: null }),
    ...chip(text("Tenant"), place && (place === "none" ? text("None: the organization itself") : nameOf(place)), {
      place: null,
    }),
    ...chip(text("Time"), range === "any" ? null : time, { range: "any", from: null, to: null }),
  ];
}

function between(from: string | null, to: string | null, text: Text): string {
  if (from && to) return text("from {from} before {to}", { from: minuteOf(from), to: minuteOf(to) });
  if (from) return text("from {from}", { from: minuteOf(from) });
  return to ? text("before {to}", { to: minuteOf(to) }) : "";
}

/** "2027-02-21 09:30" */
function minuteOf(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
