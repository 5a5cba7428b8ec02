import { config } from "zod/v4/core";

// Next runs this in the browser before anything else. To be faster zod would try eval, which the pages'
// Content-Security-Policy forbids.
config({ jitless: true });
