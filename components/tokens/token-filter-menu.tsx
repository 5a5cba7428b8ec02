"use client";

import { CalendarClock, Clock, KeyRound, ListFilter, ShieldAlert, TriangleAlert, User } from "lucide-react";
import { useState } from "react";
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
  return (
    <Menu
      align="start"
      trigger={
        <Button aria-label="Add filter">
          <ListFilter aria-hidden="true" />
          Filter
        </Button>
      }
    >
      <MenuSub label="Scope" icon={<KeyRound aria-hidden="true" />}>
        <MenuRadio
          label="Scope"
          value={filters.scope ?? undefined}
          onValueChange={(scope) => onFiltersChange({ scope })}
          options={allScopes.map((scope) => ({ value: scope, label: scope }))}
        />
      </MenuSub>
      <CreatorMenu filters={filters} onFiltersChange={onFiltersChange} loadCreators={loadCreators} />
      <MenuSub label="Last used" icon={<Clock aria-hidden="true" />}>
        <MenuRadio
          label="Last used"
          value={filters.unusedDays ?? undefined}
          onValueChange={(unusedDays) => onFiltersChange({ unusedDays })}
          options={unusedDaysChoices.map((value) => ({ value, label: `Unused for ${value} days` }))}
        />
      </MenuSub>
      <MenuSub label="Expires" icon={<CalendarClock aria-hidden="true" />}>
        <MenuRadio
          label="Expires"
          value={filters.neverExpires ? "never" : (filters.expiresInDays ?? undefined)}
          onValueChange={(value) =>
            onFiltersChange(
              value === "never"
                ? { neverExpires: true, expiresInDays: null }
                : { neverExpires: null, expiresInDays: value },
            )
          }
          options={[
            ...expiryDaysChoices.map((value) => ({ value, label: `Within ${value} days` })),
            { value: "never" as const, label: "Never" },
          ]}
        />
      </MenuSub>
      <MenuSeparator />
      <MenuItem
        icon={<TriangleAlert aria-hidden="true" />}
        onSelect={() => onFiltersChange({ violatesPolicy: true })}
        disabledReason={filters.violatesPolicy ? "Already a filter." : undefined}
      >
        Violates policy
      </MenuItem>
      <MenuItem
        icon={<ShieldAlert aria-hidden="true" />}
        onSelect={() => onFiltersChange({ overPrivileged: true })}
        disabledReason={filters.overPrivileged ? "Already a filter." : undefined}
      >
        Over-privileged
      </MenuItem>
    </Menu>
  );
}

type Creators = Awaited<ReturnType<LoadCreators>> | null;

function CreatorMenu(props: Pick<TokenFilterMenuProps, "filters" | "onFiltersChange" | "loadCreators">) {
  const { filters, onFiltersChange, loadCreators } = props;
  const [creators, setCreators] = useState<Creators>(null);
  // Asked for when opened: it costs a look at every token, and few ask.
  const load = () => void loadCreators().then(setCreators, () => setCreators(null));
  return (
    <MenuSub label="Creator" icon={<User aria-hidden="true" />} onOpen={load}>
      {creators?.ok ? (
        <MenuRadio
          label="Creator"
          value={filters.createdBy ?? undefined}
          onValueChange={(createdBy) => onFiltersChange({ createdBy })}
          options={creators.creators.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p role="status" className="px-2 py-1.5 text-muted">
          {creators === null ? "Loading…" : creators.message}
        </p>
      )}
    </MenuSub>
  );
}
