import { authHandler } from "@/lib/auth";
import { endCookieSession } from "@/lib/gates/sign-out";

const handle = authHandler(endCookieSession);

export { handle as GET, handle as POST };
