import { goToProvider } from "@/lib/gates/single-sign-on";

export { goToProvider as GET };
