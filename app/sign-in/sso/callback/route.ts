import { comeFromProvider } from "@/lib/gates/single-sign-on";

export { comeFromProvider as GET };
