# The desk of the data steward.
queue-heading = Queue
queue-intro = Questions about two party records that may be one person, or that contradict each other. The question with the first hearing stands on top.
queue-caption = Questions in order of hearing
queue-empty = There is no question here.
queue-question = Question
queue-why = Why
queue-courts = Cases
queue-hearing = Earliest hearing
queue-waiting = Waiting
queue-age =
    { $days ->
        [0] since today
        [one] 1 day
       *[other] { $days } days
    }
queue-first = First page
queue-next = Next page
filter-status = Status
filter-kind = Kind of question
day-distance =
    { $days ->
        [0] today
        [one] in 1 day
       *[other] in { $days } days
    }
hearing-none = no hearing planned
kind-all = All kinds
kind-possible = Same person?
kind-conflict = Contradiction
kind-doubted = Doubted
why-doubted = These records are taken for one person; a judge, or a steward who looked at it anew, thinks that this link is wrong.
rule-bsn-contradicted = The same citizen service number, but date of birth or names contradict each other.
rule-bsn-alone = The same citizen service number, but too little else to be certain.
rule-name-birth = The same names and date of birth, without a citizen service number to confirm it.
rule-chain-contradicted = A chain of matches leads to a contradiction.
rule-number-contradicted = The same citizen service number, but date of birth or names contradict each other.
rule-number-slip = Two citizen service numbers that are one slip of the pen apart, and otherwise the same person.
rule-number-twice-in-case = The same citizen service number for two parties of one case.
rule-numbers-differ = Different citizen service numbers, but the same names and date of birth.
rule-rulings-contradict = Earlier rulings on these records contradict each other.
rule-twins = Born on one day with one surname: twins, or one person with a wrong given name.
rule-namesakes = The same names and birth dates far apart: namesakes, or one person with a wrong date.
rule-possible = The records point to one person, but not surely enough.
rule-bridge = These records fit two persons who are known to be two.
rule-split = These records belong to one person for certain, but fit the rest of it badly.
rule-too-many = So many records hang together that only the strongest likenesses were looked at.
rule-ruling-overtaken = These records were ruled on, but they changed since and speak against the ruling.
rule-other = Another rule of matching.
status-open = Open
status-ruled = Ruled
status-withdrawn = Withdrawn
withdrawn-ruled = Withdrawn: it was ruled on.
withdrawn-evidence-changed = Withdrawn: the records changed, there is nothing left to ask.
withdrawn-superseded = Withdrawn: another question is about the same persons.
withdrawn-joined = Withdrawn: by now the records are certainly of one person.
question-heading = Compare two records
question-back = Back to the queue
question-kind = Kind of question
question-why = Why
question-status = Status
question-asked = Asked on
fields-caption = What the courts say about the person
fields-hint = Citizen service numbers are masked but for the last three digits. A missing value says nothing about a difference.
column-field = Field
column-about = Part
column-a = First
column-b = Second
column-agreement = Agreement
field-bsn = Citizen service number
field-birth-date = Date of birth
field-surname = Surname
field-given-names = Given names
field-unusable-bsn = Unusable number
field-birth-place = Place of birth
field-sex = Sex
sex-female = female
sex-male = male
sex-other = undetermined
level-equal = equal
level-compatible = compatible
level-different = different
level-missing = missing
level-other = unknown measure
level-none = not compared
value-absent = not known
value-erased = erased
value-untold = not received yet
cases-caption = The cases
case-court = Court
case-kind = Kind of case
case-numbers = Case numbers
case-hearing = Earliest hearing
case-roles = Role in the case
case-unregistered = case not registered yet
given-heading = Earlier rulings
given-same = One person
given-different = Two persons
given-holds = holds now
given-by = { $at }, by { $by }
ruling-heading = Rule
ruling-hint = Choose a ground; you see first what follows. A ruling is never changed; you can rule the opposite later.
ruling-hint-again = This was ruled on before. If you rule the opposite now, that takes the place of the earlier ruling; both are kept.
ruling-reason = Ground
ruling-choose = Choose a ground
ruling-note = Note (optional)
ruling-note-hint = Kept encrypted, 2000 characters at most. Say nothing about what a criminal case is about.
ruling-confirm = One person
ruling-reject = Two persons
reason-seen-in-file = Seen in the court's file
reason-source-confirmed = Asked at the source
reason-data-agrees = The records agree in more than chance explains
reason-data-contradicts = The records cannot be of one person
reason-family-members = Members of a family, such as twins or father and son
reason-identifier-swapped = A number stands with the wrong person
fault-reason = Choose a ground first. Your note was kept.
fault-note = The note is longer than 2000 characters. Shorten it.
fault-erased = The note cannot be kept, because the first record was erased. Rule without a note.
notice-confirmed = Recorded: one person. The links follow by themselves.
notice-rejected = Recorded: two persons. The links follow by themselves.
notice-unchanged = This ruling held already; nothing changed.
changed-heading = Something changed in the meantime
changed-question-open = The question was asked anew, on other grounds.
changed-question-ruled = The question was ruled on in the meantime.
changed-question-withdrawn = The question was withdrawn in the meantime.
changed-record-a = The first record changed or was erased.
changed-record-b = The second record changed or was erased.
changed-hint = Your ruling was not recorded. Below is the present state; what you had filled in was kept.
queue-cases =
    { $cases ->
        [one] 1 case concerned
       *[other] { $cases } cases concerned
    }
mark-mine = in your hands
mark-another = in another's hands
mark-spoken = waits for another
mark-second = needs another opinion
quality-heading = Quality
quality-intro = How good the decisions about who is who are: of all stewards together, never of one. Of fewer than ten nothing is said. The true share lies within the bounds nineteen times in twenty.
quality-too-few = There are fewer than ten decisions.
quality-ruled =
    { $count ->
        [one] There is { $count } decision.
       *[other] There are { $count } decisions.
    }
quality-median =
    { $count ->
        [one] From question to decision it takes at most { $count } minute in half of all cases.
       *[other] From question to decision it takes at most { $count } minutes in half of all cases.
    }
quality-p90 =
    { $count ->
        [one] In nine of ten it takes at most { $count } minute.
       *[other] In nine of ten it takes at most { $count } minutes.
    }
quality-shares = Agreement and revision
quality-what = What
quality-counted = Counted
quality-share = Share
quality-interval = Bounds
quality-count = { $hits } of { $of }
quality-between = { $low } to { $high }
quality-agreement = Two who looked independently agreed
quality-undone = Taken back soon after
quality-overturned = Replaced by the opposite later
quality-doubts = Doubted links that turned out to be wrong
quality-reviewed = Rulings answered alike by a second steward who did not know of them
quality-known = Rulings of two stewards answered alike by a third who did not know of them
quality-certain-heading = What is certain without a person
quality-certain-intro = A share of the pairs that the register is certain of by itself is shown to stewards like any other question.
quality-certain = Share that stewards called one person
quality-certain-by-number = Certain by a number ({ $pairs } pairs)
quality-certain-otherwise = Certain by all the rest ({ $pairs } pairs)
quality-precision = Of all pairs that are certain, an estimated { $share } are right ({ $low } to { $high }): the answers to each kind, weighted by how many pairs it has.
quality-recall = Of all pairs known to be one person, an estimated { $share } were certain without a person ({ $low } to { $high }): what is certain, as far as it is right, against that and what stewards found to be one person. Pairs that nobody asked about are not counted, so it is no more than this.
quality-rules-heading = What was asked
quality-rules-intro = For each rule that asks: how often it was one person. A rule with a very low or very high share asks what need not be a question.
quality-rules = Share that was one person, by rule
quality-rule = Rule
quality-drift-heading = Shifts by court
quality-drift-intro = A field that is suddenly missing or contradicted more often at one court points to a change at the source. The last 28 days are compared with the time before.
quality-compared =
    { $count ->
        [0] There is too little to compare yet.
        [one] { $count } field was compared; only what differs by more than chance explains is shown below.
       *[other] { $count } fields were compared; only what differs by more than chance explains is shown below.
    }
quality-drift = Fields that shifted
quality-before = Before
quality-now = Last 28 days
operations-heading = Operations
operations-at = As of { $at }.
operations-well = All is well: nothing is late and nothing was set aside.
operations-alarms = This wants attention
operations-alarm-late =
    { $count ->
        [one] { $count } reader lags behind.
       *[other] { $count } readers lag behind.
    }
operations-alarm-bus = The message bus does not answer.
operations-alarm-parked =
    { $count ->
        [one] { $count } fact could not be handled and was set aside.
       *[other] { $count } facts could not be handled and were set aside.
    }
operations-flow-heading = Flow
operations-flow-none = Nothing was recorded in the last hour.
operations-flow = Facts in the last hour
operations-author = Service
operations-hour = Last hour
operations-newest = Last five minutes
operations-course = Every five minutes, oldest first
operations-picture = Facts of { $who } every five minutes; the same numbers stand below
operations-latency = From event to notice, of the last { $of } notices half took at most { $half } ms, 95 of 100 at most { $most } ms, 99 of 100 at most { $nearly } ms.
operations-lag-heading = Lag
operations-lag-intro = A check waits ten seconds before it takes something for missed; what waits longer than a minute is late. Of a long row at most 10,000 facts are counted.
operations-lag = What is left to do, by reader
operations-reader = Reader
operations-left = Left
operations-oldest = Oldest waits
operations-late = late
operations-consumer = Messages for { $who }
operations-sweep = Check by { $who }
operations-relay = Announcement by { $who }
operations-unknown = unknown
operations-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
operations-kept-heading = Kept apart
operations-kept-none = Nothing is in quarantine, nothing waits and nothing was set aside.
operations-parked = Facts that could not be handled
operations-kind = Kind
operations-why = Reason
operations-count = Count
operations-since = Since
operations-quarantine = Quarantine, by fault
operations-fault = Fault
operations-waiting = Events that wait for something else
operations-thing = Waits for
operations-kept-how = An event in quarantine is looked into, released or discarded over intake's API, and what was set aside is tried again by itself every few minutes. By command:
operations-health-heading = What the desk needs
operations-health-database = Database
operations-health-bus = Message bus
operations-health-keys = Keys that records are opened with
operations-health-sign-in = Keys that sign-in is checked with
operations-holds = there
operations-fails = fails
operations-alarm-database = The database does not answer.
operations-alarm-keys = Records cannot be opened: the desk's keys are not those of the register, or cannot be read.
operations-alarm-sign-in = Nobody can sign in: the keys that tokens are checked with cannot be read.
operations-alarm-audit =
    { $count ->
        [one] The last audit has { $count } finding.
       *[other] The last audit has { $count } findings.
    }
operations-audit-heading = Audit
operations-audit = On { $at } { $persons } persons, { $links } links and { $questions } open questions were held against the journal.
operations-audit-none = No audit has ended yet; the first begins ten minutes after the linker starts.
operations-audit-how = It is done once a day. By command, with every service's part:
operations-roles-heading = Who may do what
operations-roles-intro = Sign-in tells who has which role; nothing is changed here. A role can be confined to a court, or to what it has of one jurisdiction: steward@RBROT/family.
operations-role-judge = Reads and handles signals of the cases that they hear.
operations-role-clerk = Reads what waits in the cases of their judges, and checks what parties are told.
operations-role-steward = Decides who is who; sees no charges and no signals.
operations-role-auditor = Verifies attestations; changes nothing.
operations-role-publisher = A court's system: files events of its own cases.
operations-role-operator = Sees how the house runs, handles quarantine, chooses models; opens no record but what they inspect in quarantine.
operations-decider-heading = Model and policy
operations-model = It is decided by model { $model }, policy { $policy }.
operations-model-none = The linker has not been started yet.
operations-anew = Everything is decided anew: { $percent } % is done.
operations-building = A read model is being built: { $built } records, beside { $records } in use.
operations-still = Nothing is being rebuilt or decided anew.
operations-quality = Quality of the decisions
next-button = Next question
notice-none-left = There is no question for you now.
notice-waits = Your opinion is recorded. Another steward decides with you and does not see yours.
notice-escalated = Recorded: cannot tell. Two others look at it.
notice-undone = Taken back. What held before holds again.
notice-undone-late = This can no longer be taken back. Rule the opposite; that is a decision of its own.
notice-not-undone = Something changed in the meantime; nothing was taken back.
notice-claimed = The question is in your hands.
notice-not-claimed = The question did not come into your hands.
fault-note-missing = You override a contradiction, an objection or an earlier ruling. Say why.
fault-claimed = Another steward has the question in hand. What you filled in was kept.
fault-spoken = You gave your opinion on this question already. It is another's turn now.
changed-groups = The persons that these records belong to changed.
given-undone = taken back
hand-nobody = Nobody has this question in hand.
hand-claim = Take it up
hand-mine = You have this question in hand until { $until }. That ends by itself, and with your decision.
hand-kept = As long as this page is open and in view you keep this question in hand. That ends with your decision.
hand-lost = You no longer have this question in hand: another took it up, or it was decided. What you typed is still there; load the page again before you go on.
hand-release = Lay it down
hand-another = Another steward has this question in hand. Until they are done nobody else can decide.
hand-has-spoken = Your opinion is recorded. It is another's turn now; until then nothing holds.
hand-spoken =
    { $count ->
        [one] One steward has given an opinion. You will see it after yours.
       *[other] { $count } stewards have given an opinion. You will see theirs after yours.
    }
two-heading = Two stewards decide on this
two-veto = The records contradict each other, or there is an objection to one person.
two-confirmed-groups = Both records belong to an established person already.
two-many-cases = Many cases are concerned.
two-hearing-soon = There is a hearing within a week.
two-reversal = A ruling on these records holds already.
ruling-cannot-tell = Cannot tell
ruling-keys = The letters on the buttons work with your browser's access key, such as Alt+Shift+letter. You see the consequences first.
undo-hint = You can still take this ruling back. After a quarter of an hour only a new decision can.
undo-button = Take it back
aside-heading = Later
aside-label = Do not offer me this question
aside-hours =
    { $hours ->
        [1] for an hour
        [24] for a day
        [72] for three days
       *[168] for a week
    }
aside-button = Set aside
preview-heading = What follows
preview-back = Back to the comparison
preview-decision = Decision
preview-note = Note
preview-consequences = Consequences
preview-nothing = Nothing changes about persons, links or notices.
preview-waiting = The consequences have not been computed yet. Look again in a moment, or decide without seeing them.
preview-person =
    { $cases ->
        [one] One person with { $records } records in 1 case.
       *[other] One person with { $records } records in { $cases } cases.
    }
preview-ended =
    { $count ->
        [one] 1 person becomes part of another or falls apart.
       *[other] { $count } persons become part of another or fall apart.
    }
preview-asked =
    { $count ->
        [one] 1 question is asked.
       *[other] { $count } questions are asked.
    }
preview-withdrawn =
    { $count ->
        [one] 1 other question is withdrawn.
       *[other] { $count } other questions are withdrawn.
    }
preview-notices-sent =
    { $count ->
        [one] 1 notice goes to judges.
       *[other] { $count } notices go to judges.
    }
preview-notices-updated =
    { $count ->
        [one] 1 earlier notice to judges changes.
       *[other] { $count } earlier notices to judges change.
    }
preview-notices-withdrawn =
    { $count ->
        [one] 1 earlier notice to judges is withdrawn.
       *[other] { $count } earlier notices to judges are withdrawn.
    }
preview-links = Links between cases
preview-case-a = Case
preview-case-b = Other case
preview-becomes = What changes
link-linked = is linked
link-changed = link changes
link-unlinked = is unlinked
preview-again = Look again
preview-commit = Decide
preview-commit-two = Record my opinion
column-weight = Weight (bits)
normalised-heading = As the names are looked up
normalised-hint = Forms without accents, prefixes and hyphens, under which a name may stand in another register.
field-skn = Number in the criminal chain
field-v-number = Number of a foreign national
field-address = Address
difference = differs: { $a } against { $b }
difference-nothing = nothing
rarity-rarer = rare value: { $bits }
rarity-commoner = common value: { $bits }
reveal-heading = Show a number whole
reveal-hint = Numbers are masked. Who looks at one whole says what for; that is written down.
reveal-what = Which number
reveal-why = What for
reveal-button = Show, and write down
reveal-compare-digits = Compare two numbers digit by digit
reveal-find-in-file = Find the party in the court's own file
reveal-ask-source = Ask the source about it
reveal-person-asked = Answer a request or complaint of the person
reveal-logged = That you looked at this number is written down.
reveal-fault = Choose which number you want to see, and what for.
reveal-refused = The number was not shown: it is not there (any more), the question is not open, or another has it in hand.
ruling-choose-one = Choose one
weighing-heading = How it was weighed
weighing-title = From the odds beforehand to the total, step by step, in bits
weighing-caption = The steps in numbers
weighing-total = Total
weighing-gate = Why it is not linked by itself, or is:
column-speaks = Speaks
column-bits = Bits
column-sum = Sum
side-for = for one person
side-against = against one person
side-nothing = not
step-prior = Odds beforehand
step-rarity = How rare: { $field }
step-household = Could be one of the household
step-family = Other parties of the cases
step-rest = Beforehand and others, not kept apart
limit-possible = asked from
limit-certain = certain from
limit-word = Threshold
range-between = By the model, between { $from } and { $to } of a hundred pairs like this are one person.
range-most = By the model, at least { $from } of a hundred pairs like this are one person.
range-fewest = By the model, at most { $to } of a hundred pairs like this are one person.
sentence = For one person speaks most: { $for }. Against it: { $against }. Together { $total } bits.
sentence-nothing = nothing
since-heading = Changed since:
since-level = { $field }: was { $then }, is { $now }
group-heading = The whole person
group-of =
    { $records ->
        [one] 1 record.
       *[other] { $records } records are taken for one person.
    }
group-open = See all records, and split
group-intro = These records are taken for one person. The first two are those that the question is about.
group-records = The records side by side
group-record = Record { $number }
group-co-parties = Other parties of the case
group-first = First told
group-last = Last told
group-rest = Further records
group-links = What holds them together
group-weakest = weakest link
group-bits = bits
group-matrix = What every two weigh together, in bits
group-too-many = There are too many records for a table of every two; the weakest link is named above.
group-weigh = Weigh every two
group-changed = The records of this person, or the question, changed. Your split was not recorded. Below is the present state; what you had filled in was kept.
suspect-heading = Should this person be split?
suspect-hint = Ask whether the records that are taken for one person really are. Two stewards decide.
split-heading = Split
split-hint = Mark the records of another person. The others stay together. Marked beforehand is what lies beyond the weakest link; two stewards must split alike.
split-moved = These records are moved out
split-button = See what follows
split-decision = Moved out: { $names }
split-closed = The question waits for no answer. Ask anew whether the person should be split if you doubt it.
split-two = Of two records you say in the comparison whether they are one person.
fault-moved = Mark at least one record, and not all of them.
fault-too-many = This split takes more than 400 rulings. Move fewer records at a time.
notice-suspected = Recorded: the question whether this is one person is asked.
notice-split = Recorded: the records are split. The links follow by themselves.
notice-not-split = Something changed in the meantime; nothing was split.
rejoin-hint = You can still take this split back. After a quarter of an hour only new decisions can.
rejoin-button = Take the split back
rule-ruling = a steward ruled it
kind-split = Split?
filter-pool = Court and jurisdiction
filter-button = Show
pool-all = All
others-of-person = Other records of the person
others-none = none for certain
question-doubted = A judge reported that a link that rests on these records looks wrong. What it is about is not shown here.
ask-heading = Asked of the courts
ask-open = Ask the source
ask-hint = The court that told of the record is asked to look it up. It reads which record and which fields, and no name. Until it answers, or for ten working days, this question waits.
ask-record = Which record
ask-fields = What is doubted
ask-button = Ask the court
ask-asked = { $court } was asked on { $on } about: { $fields }. Answer by { $by }.
ask-waits = waits for the court
ask-late = the court is late
ask-corrected = the court has corrected it
ask-confirmed = the court has confirmed it
field-names = Names
mark-waits = waits for a court
mark-late = a court is late
mark-answered = a court has answered
notice-asked = The court is asked. The question comes back by itself when it answers.
notice-asked-before = The court was asked about this record already, and has not answered yet.
notice-asked-nothing = Mark what is doubted first. The court was not asked.
notice-not-asked = The court was not asked: another has the question in hand, it is not open any more, or its court has not told of the record.
notice-overtaken = Not recorded: the question changed meanwhile. Look at what is here now, and decide again.
articles-heading = Unknown articles
articles-intro = Articles of law that the code list does not know for these months. Until it does, no judge is told what they mean. Pass an article on to whoever keeps the code list, with a proposal if you have one; nothing counts before it stands in the list. In which cases an article stands is not shown here.
articles-caption = Unknown articles, with that of the first hearing on top
articles-empty = There is no article here.
article-article = Article
article-period = Months
article-cases = Stands in
article-state = State
article-soon = heard within a week
article-counts = Proposal
article-button = Pass on
article-open = Not looked at
article-passed-on = Passed on
article-closed = Closed
article-closed-known = Closed: The code list has it now.
article-closed-gone = Closed: no case names it any more, or none that may be told of.
article-proposed = Passed on { $on } by { $by }: { $counts }
counts-none = without a proposal
counts-very-serious = counts as very serious
counts-serious = counts as serious
counts-moderate = counts as moderate
counts-context = counts as context
counts-not-relevant = does not count
notice-passed-on = Recorded: the article was passed on.
notice-passed-on-before = You had already passed this article on like this.
notice-not-passed-on = Nobody has to look at this article any more, or you sent this form before. Nothing was recorded.
