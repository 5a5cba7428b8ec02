import { serviceUrl } from "@/lib/gates/service-url";
import type { NoticeDigest } from "@/lib/jobs/queue";
import type { NoticePlace } from "./schema";
import { wordingOf } from "./wording";

/** A digest as an e-mail, in plain text and in HTML. It holds no secret, and names are only text in either. */
export function emailOf({ place, notices, total }: NoticeDigest, tenantName: string | null) {
  const [first] = notices;
  if (first === undefined) throw new TypeError("A digest has at least one notice");
  const { one, many, advice } = wordingOf(first);
  const where = tenantName ?? "your personal tokens";
  const headline = total === 1 ? `“${first.token.name}” ${one}` : `${total} ${many}`;
  const items = notices.map((notice) => ({
    text: `${notice.token.name} (${notice.token.hint}): ${wordingOf(notice).detail}`,
    url: tokenUrl(place, notice.token.id),
  }));
  const more = total > items.length ? `And ${total - items.length} more: ` : "All tokens: ";
  const because =
    tenantName === null
      ? "You get this because they are yours."
      : `You get this because you manage the API tokens of ${where}.`;
  return {
    subject: `${headline} · ${where}`,
    text: [
      `${headline}, in ${where}.`,
      items.map(({ text, url }) => `- ${text}\n  ${url}`).join("\n"),
      `${more}${listUrl(place)}`,
      advice,
      `${because}\nPraxis Identity, ${serviceUrl()}`,
    ].join("\n\n"),
    html: [
      `<p><strong>${escaped(headline)}</strong>, in ${escaped(where)}.</p>`,
      `<ul>${items.map(({ text, url }) => `<li><a href="${escaped(url)}">${escaped(text)}</a></li>`).join("")}</ul>`,
      `<p>${escaped(more)}<a href="${escaped(listUrl(place))}">${escaped(where)}</a></p>`,
      `<p>${escaped(advice)}</p>`,
      `<p><small>${escaped(because)}<br>Praxis Identity, ${escaped(serviceUrl())}</small></p>`,
    ].join("\n"),
  };
}

function listUrl(place: NoticePlace): string {
  if ("userId" in place) return `${serviceUrl()}/identity/profile?tab=personal-tokens`;
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId, tab: "api-tokens" });
  return `${serviceUrl()}/identity/settings/tenant?${query}`;
}

function tokenUrl(place: NoticePlace, tokenId: string): string {
  if ("userId" in place) return listUrl(place);
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId });
  return `${serviceUrl()}/identity/settings/tenant/tokens/${tokenId}?${query}`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
