import { parse as parseCookies, type SetCookie, stringifySetCookie } from "cookie";
import { z } from "zod";
import type { Origin } from "@/lib/access/principal";
import { recordAccountAudit } from "@/lib/audit/events";
import { newSessionCookie, ssoCookie, ssoCookieNames } from "@/lib/auth";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { type SsoFailure, ssoFailures } from "@/lib/sessions/schema";
import { type Admission, admitReturn } from "@/lib/sign-in-throttle";
import { confirmBySso } from "@/lib/sso/confirm";
import { beginSso, finishSso } from "@/lib/sso/flow";
import { SsoRefusal } from "@/lib/sso/refusal";
import { ssoSettings } from "@/lib/sso/settings";
import { startSsoSession } from "@/lib/sso/start-session";
import { isFromElsewhere } from "./fetch-metadata";
import { originOf } from "./origin";
import { problemOf } from "./problem-answer";
import { safeReturnTo, signInPath } from "./return-to";
import { serviceUrl } from "./service-url";
import { sessionPrincipal } from "./session";

/** Where the OpenID provider sends people back to: what to register there. */
const callbackPath = "/sign-in/sso/callback";
/** Where a session's user lands who was asked to confirm who they are. */
const confirmedPath = "/sign-in/confirmed";

/** How many tabs may be under way to the provider at once. */
const attemptsAtOnce = 5;

const failureSchema = z.object({ sso: z.enum(ssoFailures), id: z.string().regex(/^[0-9a-f]{32}$/) });

/** Reads the failure that a page is asked to show; null when there is none. */
export function readSsoFailure(parameters: Record<string, string | string[] | undefined>): SsoFailure | null {
  const parsed = failureSchema.safeParse(parameters);
  return parsed.success ? { outcome: parsed.data.sso, correlationId: parsed.data.id } : null;
}

/** Sends a browser to the OpenID provider: to sign in, or, with `confirm`, to confirm who is in front of its session. */
export async function goToProvider(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const origin = originOf(request.headers, "GET", "/sign-in/sso");
  const returnTo = safeReturnTo(searchParams.get("returnTo") ?? undefined);
  // Another site must not change who is signed in here without a click here.
  if (isFromElsewhere(request.headers) || ssoSettings() === null) return redirect(signInPath(returnTo));
  const isConfirmation = searchParams.has("confirm");
  try {
    const session = await sessionPrincipal(request.headers.get("cookie"));
    if (isConfirmation && session?.method !== "sso") return redirect(signInPath(returnTo));
    const reauthenticates = isConfirmation && session ? session.sessionId : null;
    const { url, state, kept } = await beginSso({ returnTo, reauthenticates }, serviceUrl() + callbackPath);
    return redirect(url.href, ...forgottenAttempts(request.headers.get("cookie")), ssoCookie(state, kept));
  } catch (error) {
    const admission = await admitReturn(origin.address);
    return await refused(admission.admitted ? error : throttled(admission), { origin, isConfirmation, returnTo });
  }
}

/** Ways that a browser began and did not come back from, but for the latest: each of their cookies goes with every call. */
function forgottenAttempts(cookieHeader: string | null): SetCookie[] {
  return ssoCookieNames(cookieHeader)
    .slice(0, -attemptsAtOnce)
    .map((name) => ({ ...ssoCookie(""), name }));
}

/** Takes a browser back from the OpenID provider. Nothing but a sign-in that holds in every respect leads to a session. */
export async function comeFromProvider(request: Request): Promise<Response> {
  const origin = originOf(request.headers, "GET", callbackPath);
  const cookieHeader = request.headers.get("cookie");
  const returned = new URL(serviceUrl() + callbackPath + new URL(request.url).search);
  const cookie = ssoCookie(returned.searchParams.get("state") ?? "");
  let isConfirmation = false;
  let returnTo = "/";
  try {
    const admission = await admitReturn(origin.address);
    if (!admission.admitted) throw throttled(admission);
    const settings = ssoSettings();
    if (settings === null) throw new SsoRefusal("sso_not_configured");
    const current = await sessionPrincipal(cookieHeader);
    const { attempt, person } = await finishSso(returned, parseCookies(cookieHeader ?? "")[cookie.name], (begun) => {
      isConfirmation = begun.reauthenticates !== null;
      returnTo = begun.returnTo;
    });
    if (attempt.reauthenticates !== null) {
      if (current?.sessionId !== attempt.reauthenticates) throw new SsoRefusal("sso_other_person");
      await confirmBySso(current, person, { askedAt: attempt.startedAt, origin });
      await admission.giveBack();
      return redirect(confirmedPath, cookie);
    }
    const claims = await startSsoSession(person, { settings, origin, current });
    await admission.giveBack();
    return redirect(attempt.returnTo, cookie, await newSessionCookie(claims));
  } catch (error) {
    return await refused(error, { origin, isConfirmation, returnTo }, cookie);
  }
}

/** On record once: who floods the sign-in does not fill the log. */
function throttled({ quota }: Extract<Admission, { admitted: false }>): SsoRefusal {
  return new SsoRefusal("throttled_address", undefined, null, { onRecord: !quota.isFirstBeyond });
}

interface Came {
  origin: Origin;
  isConfirmation: boolean;
  returnTo: string;
}

/** Puts a refusal on record and tells the person what they can do; a fault of ours is told as one of the way there. */
async function refused(
  error: unknown,
  { origin, isConfirmation, returnTo }: Came,
  ...cookies: SetCookie[]
): Promise<Response> {
  const outcome = error instanceof SsoRefusal ? await record(error, origin, isConfirmation) : failed(error, origin);
  const said = new URLSearchParams({ sso: outcome, id: origin.correlationId });
  if (isConfirmation) return redirect(`${confirmedPath}?${said}`, ...cookies);
  said.set("returnTo", returnTo);
  return redirect(`/sign-in?${said}`, ...cookies);
}

async function record(refusal: SsoRefusal, origin: Origin, isConfirmation: boolean): Promise<SsoFailure["outcome"]> {
  const { reason, userId, onRecord } = refusal;
  log.warn({ correlationId: origin.correlationId, reason, err: refusal.cause }, "A single sign-on was refused");
  const outcome = outcomeOf(refusal);
  if (onRecord) return outcome;
  try {
    const user = userId === null ? null : await db.user.findUnique({ where: { id: userId }, select: { name: true } });
    const actor = user
      ? ({ kind: "user", id: userId, label: user.name } as const)
      : ({ kind: "anonymous", id: null, label: "Unknown account" } as const);
    const action = isConfirmation ? "session.reauthentication_refused" : "session.refused";
    await recordAccountAudit(
      db,
      { userId, actor, origin },
      { action, outcome: "denied", reason, details: { method: "sso" } },
    );
    return outcome;
  } catch (error) {
    return failed(error, origin);
  }
}

function failed(error: unknown, origin: Origin): SsoFailure["outcome"] {
  problemOf(error, origin);
  return "unavailable";
}

function outcomeOf({ reason }: SsoRefusal): SsoFailure["outcome"] {
  switch (reason) {
    case "sso_not_configured":
    case "sso_provider_unavailable":
      return "unavailable";
    case "sso_cancelled":
      return "cancelled";
    case "throttled_address":
      return "throttled";
    default:
      return "refused";
  }
}

function redirect(location: string, ...cookies: SetCookie[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", stringifySetCookie(cookie));
  return new Response(null, { status: 303, headers });
}
