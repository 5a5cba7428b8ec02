import { checkNode, setUp } from "./setup.mjs";

// `npm run build`: all that a start would do before it serves, for images and machines that start without it.

checkNode();
await setUp({ build: true });
