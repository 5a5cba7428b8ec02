"use client";

import { CalendarClock, Clock, KeyRound, ListFilter, ShieldAlert, TriangleAlert, User } from "lucide-react";
import { useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuRadio, MenuSeparator, MenuSub } from "@/components/ui/menu";
import type { Outcome } from "@/components/ui/use-submission";
import { allScopes } from "@/lib/access/scopes";
import { expiryDaysChoices, type TokenFilterState, unusedDaysChoices } from "./token-params";

/** The server action that says who created the tenant's tokens. */
export type LoadCreators = () => Promise<Outcome<{ creators: readonly { id: string; name: string }[] }>>;

interface TokenFilterMenuProps {
  filters: TokenFilterState;
  onFiltersChange: (change: Partial<TokenFilterState>) => void;
  loadCreators: LoadCreators;
}

/** Adds what narrows the table; each filter has a chip that takes it away again. */
export function TokenFilterMenu({ filters, onFiltersChange, loadCreators }: TokenFilterMenuProps) {
  const text = useText();
  return (
    <Menu
      align="start"
      trigger={
        <Button aria-label={text("Add filter")}>
          <ListFilter aria-hidden="true" />
          {text("Filter")}
        </Button>
      }
    >
      <MenuSub label={text("Scope")} icon={<KeyRound aria-hidden="true" />}>
        <MenuRadio
          label={text("Scope")}
          value={filters.scope ?? undefined}
          onValueChange={(scope) => onFiltersChange({ scope })}
          options={allScopes.map((scope) => ({ value: scope, label: scope }))}
        />
      </MenuSub>
      <CreatorMenu filters={filters} onFiltersChange={onFiltersChange} loadCreators={loadCreators} />
      <MenuSub label={text("Last used")} icon={<Clock aria-hidden="true" />}>
        <MenuRadio
          label={text("Last used")}
          value={filters.unusedDays ?? undefined}
          onValueChange={(unusedDays) => onFiltersChange({ unusedDays })}
          options={unusedDaysChoices.map((value) => ({
            value,
            label: text("Unused for {days} days", { days: value }),
          }))}
        />
      </MenuSub>
      <MenuSub label={text("Expires")} icon={<CalendarClock aria-hidden="true" />}>
        <MenuRadio
          label={text("Expires")}
          value={filters.neverExpires ? "never" : (filters.expiresInDays ?? undefined)}
          onValueChange={(value) =>
            onFiltersChange(
              value === "never"
                ? { neverExpires: true, expiresInDays: null }
                : { neverExpires: null, expiresInDays: value },
            )
          }
          options={[
            ...expiryDaysChoices.map((value) => ({ value, label: text("Within {days} days", { days: value }) })),
            { value: "never" as const, label: text("Never") },
          ]}
        />
      </MenuSub>
      <MenuSeparator />
      <MenuItem
        icon={<TriangleAlert aria-hidden="true" />}
        onSelect={() => onFiltersChange({ violatesPolicy: true })}
        disabledReason={filters.violatesPolicy ? text("Already a filter.") : undefined}
      >
        {text("Violates policy")}
      </MenuItem>
      <MenuItem
        icon={<ShieldAlert aria-hidden="true" />}
        onSelect={() => onFiltersChange({ overPrivileged: true })}
        disabledReason={filters.overPrivileged ? text("Already a filter.") : undefined}
      >
        {text("Over-privileged")}
      </MenuItem>
    </Menu>
  );
}

type Creators = Awaited<ReturnType<LoadCreators>> | null;

function CreatorMenu(props: Pick<TokenFilterMenuProps, "filters" | "onFiltersChange" | "loadCreators">) {
  const text = useText();
  const { filters, onFiltersChange, loadCreators } = props;
  const [creators, setCreators] = useState<Creators>(null);
  // Asked for when opened: it costs a look at every token, and few ask.
  const load = () => void loadCreators().then(setCreators, () => setCreators(null));
  return (
    <MenuSub label={text("Creator")} icon={<User aria-hidden="true" />} onOpen={load}>
      {creators?.ok ? (
        <MenuRadio
          label={text("Creator")}
          value={filters.createdBy ?? undefined}
          onValueChange={(createdBy) => onFiltersChange({ createdBy })}
          options={creators.creators.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p role="status" className="px-2 py-1.5 text-muted">
          {creators === null ? text("Loading…") : text.known(creators.message)}
        </p>
      )}
    </MenuSub>
  );
}
