import { message } from "@/lib/text/message";

// How one browser shows the table. Not in the URL: a shared link shows the same tokens, each in one's own way.

/** The columns that can be hidden. */
export const hideableColumns = [
  { id: "scopes", label: message("Scopes") },
  { id: "createdBy", label: message("Creator") },
  { id: "createdAt", label: message("Created") },
  { id: "lastUsedAt", label: message("Last used") },
  { id: "expiresAt", label: message("Expires") },
  { id: "status", label: message("Status") },
] as const;

export interface TableView {
  hidden: readonly (typeof hideableColumns)[number]["id"][];
  density: "comfortable" | "compact";
}

/** The cookie that remembers it, so that the server draws the table as it will stay. */
export const tableViewCookie = "praxis-token-table";

/** The view that the cookie's value stands for; what is unknown in it counts for nothing. */
export function parseTableView(value: string | undefined): TableView {
  const [density, ...hidden] = (value ?? "").split(".");
  return {
    hidden: hideableColumns.flatMap(({ id }) => (hidden.includes(id) ? id : [])),
    density: density === "compact" ? "compact" : "comfortable",
  };
}

/** The cookie's value for a view. */
export function serializeTableView({ density, hidden }: TableView): string {
  return [density, ...hidden].join(".");
}
