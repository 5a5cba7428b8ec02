"use client";

import { createContext, type ReactNode, use } from "react";
import { createText, type Text } from "./text";

const TextContext = createContext<Text>(createText("en"));

/** Gives the words of one language to everything in it. */
export function TextProvider({ text, children }: { text: Text; children: ReactNode }) {
  return <TextContext value={text}>{children}</TextContext>;
}

/** The words of the pages, in the reader's language. */
export function useText(): Text {
  return use(TextContext);
}
