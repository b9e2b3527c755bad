Feature: Messages
  People on a site write to each other without leaving it.

  Rule: A message goes to those it is meant for

    # COC-018
    Scenario: It is on its way
      Given Cleo has an account in an organization that was never founded
      When Ada mails "Seeds have arrived" to Cleo
      Then Ada has mailed "Seeds have arrived" to exactly Cleo

    @sandbox-only
    Scenario: It arrives
      Given Ben has an account
      And Ben has a key
      When Ada mails "Seeds have arrived" to Ben
      Then Ben has got "Seeds have arrived" from Ada

    @sandbox-only
    Scenario: It reaches nobody else
      Given Ben has an account
      And Cleo has an account
      And Cleo has a key
      When Ada mails "Seeds have arrived" to Ben
      Then Cleo has not got "Seeds have arrived"
