import type { ReactNode } from "react";
import type { Origin } from "@/lib/access/principal";
import { currentOrigin } from "@/lib/gates/page";
import { problemOf } from "@/lib/gates/problem-answer";
import { LoadFailure } from "./load-failure";

interface SectionParts<T> {
  /** The path of the page, for the record. */
  path: string;
  /** What is said when the server fails to load it. */
  failure: { title: string; text: string };
  load: (origin: Origin) => Promise<T>;
  show: (loaded: T) => ReactNode;
}

/** A section of a page: what it loads is shown, and a fault is logged and shown with its correlation id. */
export async function section<T extends object>({ path, failure, load, show }: SectionParts<T>): Promise<ReactNode> {
  const origin = await currentOrigin("GET", path);
  const loaded = await load(origin).catch((error: unknown) => {
    problemOf(error, origin);
    return null;
  });
  return loaded === null ? <LoadFailure {...failure} correlationId={origin.correlationId} /> : show(loaded);
}
