"""Works through the queue of the steward's desk over its API, with nothing but Python's own library.

Usage: python3 desk.py http://127.0.0.1:8104 TOKEN
For each question it shows both records and asks: (s)ame, (d)ifferent, (t) cannot tell, (k) skip, (q)uit. Before a ruling it says
what would follow; nothing is written until that is confirmed with (y)es.
"""

import json
import sys
import time
import urllib.error
import urllib.request
import uuid

base, token = sys.argv[1].rstrip("/") + "/v1", sys.argv[2]


def call(method, path, body=None, **headers):
    """Answers the status, the body and the entity tag; an error is an answer too."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers |= {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(base + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None, answer.headers.get("ETag")
    except urllib.error.HTTPError as problem:
        # A problem document (RFC 9457) says what is wrong.
        return problem.code, json.loads(problem.read()), None


def show(question):
    print(f"\n{question['kind']}, asked by the rule {question['rule']}")
    for field in question["fields"]:
        values = [field.get(side) or "(nothing)" for side in "ab"]
        print(f"  {field['field']:<14} {values[0]:<24} {values[1]:<24} {field.get('level', '')}")
    if question["twoBecause"]:
        print("  two must agree:", ", ".join(question["twoBecause"]))


def foresee(path, same):
    """Asks what would follow. The linker works it out, which takes a moment."""
    status, proposal, _ = call("POST", f"{path}/proposals", {"same": same}, Idempotency_Key=str(uuid.uuid4()))
    assert status == 201, proposal
    for _ in range(50):
        _, proposal, _ = call("GET", f"{path}/proposals/{proposal['id']}")
        if proposal.get("consequences"):
            found = proposal["consequences"]
            return f"{len(found['links'])} links change, {found['notices']['sent']} notices are sent"
        time.sleep(0.2)
    return "what would follow is not known yet"


def decide(path, tag, answer):
    """Sends what the steward thinks. The same key again is the same request: a lost answer is asked for by sending it again."""
    key = str(uuid.uuid4())
    if answer == "t":
        return call("POST", f"{path}/escalations", {}, If_Match=tag, Idempotency_Key=key)
    same = answer == "s"
    print(" ", foresee(path, same))
    if input("  confirm? ").strip() != "y":
        return None
    reason = "data-agrees" if same else "data-contradicts"
    return call("POST", f"{path}/rulings", {"same": same, "reason": reason}, If_Match=tag, Idempotency_Key=key)


def main():
    done = 0
    while True:
        # Takes up the most pressing one; nobody else decides on it for a quarter of an hour.
        status, claim, _ = call("POST", "/claims")
        if status == 204:
            break
        assert status == 201, claim
        path = f"/questions/{claim['question']}"
        status, question, tag = call("GET", path)
        assert status == 200, question
        show(question)
        answer = input("  s, d, t, k or q? ").strip()
        if answer == "q":
            call("DELETE", f"{path}/claim")
            break
        taken = decide(path, tag, answer) if answer in ("s", "d", "t") else None
        if taken is None:
            # Laid down, and not offered to us again for an hour.
            call("POST", f"{path}/deferrals", {})
        elif taken[0] in (200, 201, 202):
            done += 1
            print("  recorded:", taken[1]["worth"])
        elif taken[0] == 412:
            # It changed while we looked. It is still in our hand, and comes again with what is new.
            print("  it changed meanwhile:", "; ".join(error["message"] for error in taken[1].get("errors", [])))
        else:
            print("  not taken:", taken[1].get("detail") or taken[1]["title"])
            call("DELETE", f"{path}/claim")
    print(f"\n{done} recorded")


main()
