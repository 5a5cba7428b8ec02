export const planIds = ["starter", "business", "enterprise"] as const;
export type PlanId = (typeof planIds)[number];

interface Plan {
  label: string;
  /** Whether programs may call the API: without it tokens are neither issued nor accepted, but can be revoked. */
  programmaticAccess: boolean;
}

/** What each plan includes. */
export const plans: Readonly<Record<PlanId, Plan>> = {
  starter: { label: "Starter", programmaticAccess: false },
  business: { label: "Business", programmaticAccess: true },
  enterprise: { label: "Enterprise", programmaticAccess: true },
};
