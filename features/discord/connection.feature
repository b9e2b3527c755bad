Feature: Being connected
  A bot speaks for its team only while Discord knows it. Whoever runs one wants to see that it comes in, who it is, and why it
  is turned away.

  Rule: A bot with a valid token is let in

    # DIS-002, DIS-006
    @smoke
    Scenario: Ada is there, and known as a bot
      When Ada connects to the gateway
      Then the gateway knows Ada as connected
      And Ada is known as a bot

    # DIS-003, DIS-110
    Scenario: Ada comes, goes and comes again
      When Ada connects to the gateway
      Then Ada can come and go 2 times

  Rule: Nobody comes in without a valid token

    # DIS-004
    Scenario: A token that never was
      When Ada tries to come in with a token that never was
      Then it is refused because the token is not valid

    Scenario: A token that never was, at the gateway
      When Ada tries to connect to the gateway with a token that never was
      Then it is refused because the token is not valid

  Rule: A privileged intent must be switched on before it can be asked for

    # DIS-005
    @sandbox-only
    Scenario: Asking who is there without leave to
      Given no privileged intent is switched on for Ada
      When Ada tries to connect to the gateway to see who is there
      Then it is refused because the intent is not switched on
