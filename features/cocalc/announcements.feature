Feature: Announcements
  Whoever manages an organization can write to all of its members at once, and let support sign in for one of them.

  Background:
    Given Ada has founded the organization "Botany"
    And Ben is a member of "Botany"
    And Cleo is a member of "Botany"

  Rule: An announcement goes to every member

    # COC-043
    Scenario: In plain words
      When Ada announces "Greenhouse closed" to "Botany"
      Then "Greenhouse closed" has gone to exactly Ben and Cleo

    # COC-044
    Scenario: With formatting and a picture in the subject
      When Ada announces "🌱 Seeds" to "Botany", with headings, lists and a link
      Then "🌱 Seeds" has gone to exactly Ben and Cleo, formatting and all

    @needs:second-account @destructive
    Scenario: A member reads it
      Given Dan has joined "Botany"
      When Ada announces "Greenhouse closed" to "Botany"
      Then Dan has got "Greenhouse closed" from Ada

  Rule: A pass lets somebody sign in as a member until it is withdrawn

    # COC-042
    Scenario: A pass for a member
      When Ada gets a pass for Ben
      Then the pass has an address where it is used

    # COC-042
    Scenario: It is withdrawn
      Given Ada has got a pass for Ben
      When Ada withdraws the pass
      Then the pass is no longer known, and withdrawing it again changes nothing

    Scenario: It is no key
      Given Ada has got a pass for Ben
      When somebody tries to use the pass as a key
      Then it is refused because the key is not known

  Rule: All of it together

    # COC-045
    Scenario: From founding to the first announcement
      Given "Botany" is described as "Institute of Botany"
      And Dan, a member of "Botany", was made its admin
      When Ada announces "Greenhouse closed" to "Botany"
      Then "Botany" is still described as "Institute of Botany"
      And "Botany" has exactly the members Ben, Cleo and Dan
      And Dan is an admin of "Botany"
