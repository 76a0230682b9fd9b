// Publishes an example of every kind with nats.js in binary mode, hears a rejection, and is refused on another court's
// subject.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { connect, headers, nkeyAuthenticator } from "nats";

const [stack, examples] = process.argv.slice(2);

const open = (name) =>
  connect({
    servers: readFileSync(`${stack}/broker`, "utf8"),
    authenticator: nkeyAuthenticator(readFileSync(`${stack}/publishers/${name}.seed`)),
    inboxPrefix: `_INBOX_${name}`,
  });

const clients = { civiel: await open("rbrot-civiel"), straf: await open("rbrot-straf") };
const refused = [];
(async () => {
  for await (const status of clients.civiel.status()) refused.push(JSON.stringify(status));
})();
const rejections = [];
const heard = clients.civiel.subscribe("rejections.v1.family.rbrot");
(async () => {
  for await (const message of heard) rejections.push(message.json().data);
})();
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function binary(event) {
  const attributes = headers();
  for (const [name, value] of Object.entries(event)) {
    if (name !== "data" && name !== "datacontenttype") attributes.set(`ce-${name}`, value);
  }
  attributes.set("content-type", "application/json");
  return { headers: attributes };
}

const publish = (system, subject, event) =>
  clients[system].jetstream().publish(subject, JSON.stringify(event.data), binary(event));

let sent = 0;
for (const name of readdirSync(examples).sort()) {
  const event = JSON.parse(readFileSync(`${examples}/${name}`, "utf8"));
  event.id = randomUUID();
  event.sequence = String(1000 + sent);
  const [, domain, what] = event.type.split(".");
  const system = event.source.split(":").at(-1).split("-")[0];
  await publish(system, `cases.v1.${domain.replace(/-cases$/, "")}.rbrot.${what}`, event);
  sent += 1;
}
assert.ok(sent >= 40);
await pause(2000);
assert.deepEqual(rejections, []);

const source = "urn:nld:oin:00000001823288444000:systeem:civiel-rbrot";
const broken = {
  specversion: "1.0", id: "event-2", source, type: "nl.family-cases.hearing-planned.v1", subject: "case-1",
  time: "2026-11-23T10:00:00Z", sequence: "5000", data: { on: "soon" },
};
await publish("civiel", "cases.v1.family.rbrot.hearing-planned", broken);
for (let tries = 0; rejections.length === 0 && tries < 100; tries += 1) await pause(100);
assert.equal(rejections[0].eventId, "event-2");
assert.deepEqual(rejections[0].reasons.map((reason) => reason.code), ["field.missing", "date.format"]);

await assert.rejects(
  clients.civiel.jetstream().publish("cases.v1.family.rbams.hearing-planned", "{}", { timeout: 2000 }),
);
await pause(200);
assert.ok(refused.some((status) => /permission/i.test(status)), refused.join("\n"));
await Promise.all(Object.values(clients).map((client) => client.close()));
console.log(`nats.js: ${sent} kinds published, a rejection heard, another court's subject refused`);
process.exit(0);
