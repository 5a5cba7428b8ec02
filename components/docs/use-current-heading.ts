"use client";

import { useEffect, useState } from "react";

/** The id of the last of these headings above the upper third of the window; null before the first. */
export function useCurrentHeading(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const key = ids.join(" ");
  useEffect(() => {
    const headings = key.split(" ").flatMap((id) => document.getElementById(id) ?? []);
    const update = () => {
      const line = window.innerHeight / 3;
      const isAtEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
      setCurrent((isAtEnd ? headings : passed).at(-1)?.id ?? null);
    };
    update();
    window.addEventListener("scroll", update, { passive: true });
    window.addEventListener("resize", update);
    return () => {
      window.removeEventListener("scroll", update);
      window.removeEventListener("resize", update);
    };
  }, [key]);
  useEffect(() => {
    if (current !== null)
      for (const column of document.querySelectorAll("[data-follows-reader]")) follow(column, current);
  }, [current]);
  return current;
}

/** Scrolls a column, and nothing else, to where it shows the link to this heading. */
function follow(column: Element, id: string) {
  const link = column.querySelector(`a[href="#${id}"]`)?.getBoundingClientRect();
  if (!link || link.height === 0) return;
  const { top, bottom } = column.getBoundingClientRect();
  if (link.top < top) column.scrollTop -= top - link.top + link.height;
  if (link.bottom > bottom) column.scrollTop += link.bottom - bottom + link.height;
}
