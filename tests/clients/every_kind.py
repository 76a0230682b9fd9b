"""Publishes an example of every kind with nats-py, hears a rejection, and is refused on another court's subject."""

import asyncio
import json
import sys
import uuid
from pathlib import Path

import nats

stack, examples = Path(sys.argv[1]), Path(sys.argv[2])


async def connect(name, refused):
    async def note(error):
        refused.append(str(error))

    return await nats.connect(
        (stack / "broker").read_text(),
        nkeys_seed=str(stack / f"publishers/{name}.seed"),
        inbox_prefix=f"_INBOX_{name}".encode(),
        error_cb=note,
    )


async def main():
    refused = []
    clients = {system: await connect(f"rbrot-{system}", refused) for system in ("civiel", "straf")}
    rejections = await clients["civiel"].subscribe("rejections.v1.family.rbrot")
    sent = 0
    for path in sorted(examples.glob("*.json")):
        event = json.loads(path.read_text())
        event["id"], event["sequence"] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"python/{path.stem}")), str(sent)
        _, domain, what, _ = event["type"].split(".")
        jurisdiction = domain.removesuffix("-cases")
        system = event["source"].rsplit(":", 1)[1].split("-")[0]
        subject = f"cases.v1.{jurisdiction}.rbrot.{what}"
        await clients[system].jetstream().publish(subject, json.dumps(event).encode())
        sent += 1
    assert sent >= 40, sent
    try:
        told = await rejections.next_msg(timeout=2)
        raise AssertionError(f"a good event was refused: {told.data!r}")
    except nats.errors.TimeoutError:
        pass

    event.update(id="event-1", type="nl.family-cases.hearing-planned.v1", data={"on": "soon"})
    event["source"] = "urn:nld:oin:00000001823288444000:systeem:civiel-rbrot"
    await clients["civiel"].jetstream().publish("cases.v1.family.rbrot.hearing-planned", json.dumps(event).encode())
    told = json.loads((await rejections.next_msg(timeout=10)).data)["data"]
    codes = [reason["code"] for reason in told["reasons"]]
    assert (told["eventId"], codes) == ("event-1", ["field.missing", "date.format"]), told

    try:
        await clients["civiel"].jetstream().publish("cases.v1.family.rbams.hearing-planned", b"{}", timeout=2)
        raise AssertionError("another court's subject was taken")
    except (nats.errors.TimeoutError, nats.errors.NoRespondersError):
        pass
    assert any("permissions violation" in error.lower() for error in refused), refused
    for client in clients.values():
        await client.close()
    print(f"nats-py: {sent} kinds published, a rejection heard, another court's subject refused")


asyncio.run(main())
