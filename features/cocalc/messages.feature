Feature: Messages
  Account holders on a site write to each other without leaving it.

  Rule: A message reaches those it is sent to

    Scenario: A message is sent to its recipient alone
      Given Ada has created an account for Cleo in an organization that does not exist
      When Ada sends the message "The herbarium is open" to Cleo
      Then the message "The herbarium is open" is sent from Ada to only Cleo

    @needs:second-account
    Scenario: A message arrives as it was written
      When Ada sends the message "The herbarium is open" to Dan:
        """markdown
        Opening hours are **9 to 17**.

        1. Sign in at the desk.
        2. Ask for *Cleo*.
        """
      Then Dan receives the message "The herbarium is open" from Ada

    @needs:second-account
    Scenario: A message does not reach anyone else
      Given Ben has an account
      When Ada sends the message "The herbarium is open" to Ben
      Then the message "The herbarium is open" is sent from Ada to only Ben
      And Dan does not receive the message "The herbarium is open"
