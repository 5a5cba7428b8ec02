import { authHandler } from "@/lib/auth";
import { withBoundedBody } from "@/lib/gates/bounded-body";
import { endCookieSession } from "@/lib/gates/sign-out";

const handle = withBoundedBody(authHandler(endCookieSession));

export { handle as GET, handle as POST };
