"use client";

import { useRef } from "react";

/** Keys for what one opened form sends: the same input gets the same key, so that trying again is safe. */
export function useIdempotencyKey<Input>(): (input: Input) => string {
  const keys = useRef(new Map<string, string>());
  return (input) => {
    const content = JSON.stringify(input);
    const key = keys.current.get(content) ?? randomKey();
    keys.current.set(content, key);
    return key;
  };
}

/** 128 random bits. `crypto.randomUUID` is there on HTTPS and localhost only. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
