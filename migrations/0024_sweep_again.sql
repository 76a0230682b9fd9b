-- Services follow kinds of facts that they did not follow before: the sweeps look at the whole journal once more, and what was
-- handled already is known by the inbox. Let them finish before `verband rebuild`, and before another model is put in force.
update journal.cursors set txid = '0', position = 0 where reader like 'sweep:%';
