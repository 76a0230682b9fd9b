# Texts of the judge's pages.
nav-inbox =
    { $unread ->
        [0] Signals
       *[other] Signals ({ $unread } new)
    }
inbox-heading = Signals
inbox-unread =
    { $unread ->
        [0] You have no unread signals.
        [one] You have 1 unread signal.
       *[other] You have { $unread } unread signals.
    }
inbox-checked = Last updated:
inbox-stale = The list has not been updated for a while. Signals may be missing; reload the page in a few minutes.
inbox-empty = There are no signals here. That is no reassurance: no signal does not mean that there is no violence.
inbox-caption = Signals in your cases, the last changed first
inbox-older = Older signals
show-all = All
show-unread = Unread
show-standing = Standing
show-withdrawn = Withdrawn
column-case = Your case
column-why = Why
column-urgency = Urgency
column-hearing = Hearing
column-court = Court
column-changed = Changed
tag-unread = unread
tag-stands = stands
tag-withdrawn = Withdrawn
row-withdrawn = An earlier signal was withdrawn.
hearing-none = no hearing known
signal-heading = Signal in { $numbers }
signal-back = Back to the signals
signal-version = Version { $version }.
signal-raised = Raised on
signal-as-of = as of
signal-basis = Link { $basis }.
signal-why = Why you see this
signal-cases = The two cases
case-own = Your case
case-parallel = The other case
case-numbers = Case number
case-proceeding = Kind of case
case-phase = Phase
signal-persons = Whom it concerns
persons-caption = Persons who stand in both cases, by their role
persons-own = In your case
persons-parallel = In the other case
roles-none = no role in what is told here
signal-indicators = What is charged
indicators-caption = For each charge: what, when, who, and how far the case has come
indicator-what = Offence
indicator-articles = Articles
indicator-period = Period
indicator-who = Who
indicator-status = State of affairs
indicator-suspect = Suspect: { $role }
indicator-victims = Named as victim or witness: { $roles }
victims-none = nobody of your case
law-since = as in force from { $day }
signal-unknown =
    { $count ->
        [one] One charge names an article that this list does not know. Ask the registry of the other court about it.
       *[other] { $count } charges name an article that this list does not know. Ask the registry of the other court about it.
    }
signal-next = What you can do
signal-no-advice = This is no legal advice; you decide.
signal-because = Reason: { $because }.
withdrawn-raised = Raised on
withdrawn-changed = Withdrawn on
signal-handling = What you did with it
acknowledge = I have taken note of this
acknowledged = You have taken note of this version
handle-what = What did you do?
handle-discussed = Discussed at the hearing
handle-told = Told the parties
handle-requested = Requested documents
handle-day = On which day?
handle-record = Record
handle-set-aside = Leave it out of consideration, because the signal …
handle-set-aside-record = Leave out of consideration
reason-already-known = is already in the file
reason-not-relevant = does not bear on the decision
reason-cannot-be-heard = can no longer be put to the parties
reason-link-doubted = rests on a link that does not look right
handled-none = You have not recorded anything yet.
handled-discussed = discussed at the hearing of { $day }
handled-told = told to the parties on { $day }
handled-requested = documents requested on { $day }
handled-set-aside = left out of consideration, because the signal { $reason }
handled-version = (version { $version })
notice-acknowledged = Recorded that you have taken note of this.
notice-handled = Recorded.
notice-changed = The signal has changed meanwhile; nothing was recorded. The present version stands below.
signal-logged = That you opened this signal is recorded. A signal is not part of the file.

notice-revealed = The other court is named below; that you asked for it was written down.
court-hidden = not named
court-hidden-why = The court and the numbers of the other case are not named: they may tell where somebody stays who is shielded. If you need them, say what for; it is written down.
reveal-reason = What for
reveal-ask-for-information = to ask that court for information
reveal-align-hearings = to bring hearings into line
reveal-safety = to decide on somebody's safety
reveal = Show the court
signal-orders = Measures
orders-caption = Measures in the other case that concern persons of your case
order-what = Measure
order-days = When it holds
order-against = Binds
order-protects = Protects
order-notes = Particulars
order-enforceable = enforceable while an appeal lies
order-breach = a breach was reported, not established
days-from = from { $from }, without an end date
days-from-to = from { $from } up to and including { $until }
signal-special-guardian = In the other case a special guardian stands beside a child.
