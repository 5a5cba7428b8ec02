"use client";

import { useRouter } from "next/navigation";
import { LoadError } from "@/components/ui/load-error";

interface LoadFailureProps {
  title: string;
  text: string;
  correlationId: string;
}

/** A failure of the server in the place of what it should have shown, with a way to ask it again. */
export function LoadFailure(props: LoadFailureProps) {
  const router = useRouter();
  return <LoadError {...props} onRetry={() => router.refresh()} />;
}
