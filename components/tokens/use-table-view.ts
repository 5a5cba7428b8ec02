"use client";

import { useState } from "react";
import { remember } from "@/components/ui/remember";
import { serializeTableView, type TableView, tableViewCookie } from "./table-view";

/** The table's columns and density, starting from what the server drew, and remembered in this browser. */
export function useTableView(initial: TableView): [TableView, (view: TableView) => void] {
  const [view, setView] = useState(initial);
  return [
    view,
    (next) => {
      setView(next);
      remember(tableViewCookie, serializeTableView(next));
    },
  ];
}
