# Texts of the frame around every page.
shell-brand = Verband
shell-skip = Skip to content
shell-navigation = Main menu
shell-language = Language
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-logged = Access is recorded.
shell-news =
    { $count ->
        [one] 1 new message
       *[other] { $count } new messages
    }
signed-out-heading = You have signed out
signed-out-text = Your session with Verband has ended. Close the browser window if you share this computer with others.
problem-back = To the start page
problem-trace = Reference for the operator: { $trace }
problem-malformed-heading = This request is not right
problem-malformed-text = What your browser sent does not have the expected form. Go back and try again.
problem-unauthenticated-heading = You are not signed in
problem-unauthenticated-text = Your session has lapsed or ended. Sign in again.
problem-forbidden-heading = You have no access to this
problem-forbidden-text = Your role gives no access to this page or action.
problem-sign-in-refused-heading = Signing in did not succeed
problem-sign-in-refused-text = Start signing in again. If it fails once more, contact the operator.
problem-not-found-heading = Not found
problem-not-found-text = This page does not exist, or is not meant for you.
problem-conflict-heading = Something changed in the meantime
problem-conflict-text = Your action no longer fits the present state. Look at the page again.
problem-other-heading = This cannot be done here
problem-other-text = Your browser asked for something that this page cannot give.
problem-internal-heading = Something went wrong
problem-internal-text = The fault is ours and has been recorded. Try again later.
problem-unavailable-heading = Temporarily unavailable
problem-unavailable-text = Something this page rests on does not answer. Try again in a few minutes.
