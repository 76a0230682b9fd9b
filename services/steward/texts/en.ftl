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
rule-bsn-contradicted = The same citizen service number, but date of birth or names contradict each other.
rule-bsn-alone = The same citizen service number, but too little else to be certain.
rule-name-birth = The same names and date of birth, without a citizen service number to confirm it.
rule-chain-contradicted = A chain of matches leads to a contradiction.
rule-other = Another rule of matching.
status-open = Open
status-ruled = Ruled
status-withdrawn = Withdrawn
withdrawn-ruled = Withdrawn: it was ruled on.
withdrawn-evidence-changed = Withdrawn: the records changed, there is nothing left to ask.
withdrawn-superseded = Withdrawn: another question is about the same persons.
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
ruling-hint = Choose a ground and rule. A ruling is never changed; you can rule the opposite later.
ruling-hint-again = This was ruled on before. If you rule the opposite now, that takes the place of the earlier ruling; both are kept.
ruling-reason = Ground
ruling-choose = Choose a ground
ruling-note = Note (optional)
ruling-note-hint = Kept encrypted, 2000 characters at most. Say nothing about what a criminal case is about.
ruling-confirm = Confirm: one person
ruling-reject = Reject: two persons
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
