"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

const intervalMilliseconds = 1500;
const maxRefreshes = 12;

/** While something is under way, looks again every now and then, but not for ever. */
export function useSettling(underWay: boolean, shownAt: string) {
  const router = useRouter();
  const refreshes = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each rendering by the server, told by its time, plans the next
  useEffect(() => {
    if (!underWay) {
      refreshes.current = 0;
      return;
    }
    if (refreshes.current >= maxRefreshes) return;
    const timer = setTimeout(() => {
      refreshes.current += 1;
      router.refresh();
    }, intervalMilliseconds);
    return () => clearTimeout(timer);
  }, [underWay, shownAt, router]);
}
