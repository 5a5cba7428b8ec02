"use client";

import { useRouter } from "next/navigation";
import { LoadError } from "@/components/tokens/load-error";

/** The failure of the server, with a way to ask it again. */
export function LoadFailure({ correlationId }: { correlationId: string }) {
  const router = useRouter();
  return <LoadError correlationId={correlationId} onRetry={() => router.refresh()} />;
}
