"use client";

import type { ReactNode } from "react";
import { TextProvider } from "./client";
import messages from "./de.json";
import { createText } from "./text";

const text = createText("de", messages);

/** The browser's German, in a file of its own: only those who read it load it. */
export function German({ children }: { children: ReactNode }) {
  return <TextProvider text={text}>{children}</TextProvider>;
}
