// Loaded into an instance with --import: its clock is an hour ahead of all others'.

const hourMilliseconds = 60 * 60_000;
const TrueDate = Date;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + hourMilliseconds] : args, newTarget),
  apply: () => new TrueDate(TrueDate.now() + hourMilliseconds).toString(),
  get: (target, name, receiver) =>
    name === "now" ? () => target.now() + hourMilliseconds : Reflect.get(target, name, receiver),
});
