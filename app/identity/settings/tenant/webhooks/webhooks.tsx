import type { ReactNode } from "react";
import type { TenantSectionProps } from "../tenant-section";

export async function Webhooks(_: TenantSectionProps): Promise<ReactNode> {
  return null;
}
