"use client";

import { clsx } from "clsx";
import { Building2, Plus } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { type CreateTenant, CreateTenantDialog } from "./tenants-create-dialog";
import { tenantListParams } from "./tenants-params";
import { type LinkedTenant, TenantsTable } from "./tenants-table";

interface TenantsPanelProps {
  organizationName: string;
  tenants: readonly LinkedTenant[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** Why none can be created here; undefined when one can. */
  readOnlyReason: string | undefined;
  create: CreateTenant;
}

/** Organization settings → Tenants. */
export function TenantsPanel(props: TenantsPanelProps) {
  const text = useText();
  const { organizationName, tenants, nextCursor, previousCursor, readOnlyReason } = props;
  const createButton = useRef<HTMLButtonElement>(null);
  const [loading, startTransition] = useTransition();
  const [, setParams] = useQueryStates(tenantListParams, { shallow: false, history: "push", startTransition });
  const [creating, setCreating] = useState(false);
  return (
    <section aria-label={text("Tenants")} aria-busy={loading} className="@container">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold tracking-tight">{text("Tenants")}</h2>
          <p className="mt-0.5 text-muted">{text("Each has its own API tokens, policy and data.")}</p>
        </div>
        <Button
          ref={createButton}
          variant="primary"
          className="max-sm:w-full"
          onClick={() => setCreating(true)}
          disabledReason={readOnlyReason}
        >
          <Plus aria-hidden="true" />
          {text("Create tenant")}
        </Button>
      </div>
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        {tenants.length === 0 ? (
          <EmptyState
            icon={<Building2 />}
            title={text("No tenants yet")}
            text={text(
              "API tokens and what they reach belong to a tenant. An owner of the organization creates the first.",
            )}
          />
        ) : (
          <TenantsTable tenants={tenants} now={props.now} />
        )}
      </div>
      <PageNav
        label={text("Pages of tenants")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      <CreateTenantDialog
        open={creating}
        onOpenChange={setCreating}
        organizationName={organizationName}
        create={props.create}
        onCreated={(name) => {
          setCreating(false);
          toast.success(text("Created the tenant {name}", { name }));
        }}
        finalFocus={() => createButton.current}
      />
    </section>
  );
}
