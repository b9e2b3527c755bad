Feature: Messages
  People on a site write to each other without leaving it.

  Rule: A message goes to those it is meant for

    # COC-018
    Scenario: It is on its way
      Given Cleo has an account in an organization that was never founded
      When Ada mails "Seeds have arrived" to Cleo
      Then Ada has mailed "Seeds have arrived" to exactly Cleo

    @needs:second-account
    Scenario: It arrives
      When Ada mails "Seeds have arrived" to Dan
      Then Dan has got "Seeds have arrived" from Ada

    @needs:second-account
    Scenario: It reaches nobody else
      Given Ben has an account
      When Ada mails "Seeds have arrived" to Ben
      Then Dan has not got "Seeds have arrived"
