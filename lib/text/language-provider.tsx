"use client";

import dynamic from "next/dynamic";
import type { ComponentType, ReactNode } from "react";
import type { Language } from "./languages";

const providers: Readonly<Record<Language, ComponentType<{ children: ReactNode }>>> = {
  en: ({ children }) => children,
  de: dynamic(() => import("./german").then((file) => file.German)),
};

/** Everything in it speaks this language, in the browser. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  const Provider = providers[language];
  return <Provider>{children}</Provider>;
}
