"use client";

import { useState } from "react";
import { serializeTableView, type TableView, tableViewCookie } from "./table-view";

const yearSeconds = 365 * 24 * 60 * 60;

/** The table's columns and density, starting from what the server drew, and remembered in this browser. */
export function useTableView(initial: TableView): [TableView, (view: TableView) => void] {
  const [view, setView] = useState(initial);
  return [
    view,
    (next) => {
      setView(next);
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
      document.cookie = `${tableViewCookie}=${serializeTableView(next)}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
    },
  ];
}
