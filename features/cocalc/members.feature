Feature: Members
  An organization is its members. Some of them are trusted to manage it.

  Background:
    Given Ada has founded the organization "Botany"

  Rule: Whoever is given an account in it is a member

    # COC-037
    Scenario: Nobody yet
      When Ada looks at the members of "Botany"
      Then "Botany" has no members

    # COC-038
    Scenario: The first member
      When Ada gives Ben an account in "Botany"
      Then Ben is a member of "Botany", with names and address

  Rule: A member can be made an admin, and cease to be one

    # COC-039, COC-040
    Scenario: Made an admin
      Given Ben is a member of "Botany"
      When Ada makes Ben an admin of "Botany"
      Then Ben is an admin of "Botany"

    # COC-039
    Scenario: No longer an admin
      Given Ben is a member of "Botany"
      And Ada has made Ben an admin of "Botany"
      When Ada takes the admin's rights in "Botany" from Ben
      Then Ben is no admin of "Botany"

    Scenario: An admin cannot simply be removed
      Given Ben is a member of "Botany"
      And Ada has made Ben an admin of "Botany"
      When Ada tries to remove Ben from the organization "Botany"
      Then it is refused because they administer it

  Rule: Members of another organization are moved first

    # COC-041
    Scenario: Promoted across organizations
      Given Ada has founded the organization "Zoology"
      And Ben is a member of "Zoology"
      When Ada tries to make Ben an admin of "Botany"
      Then it is refused because they belong to another organization

    # COC-040
    Scenario: Moved, then promoted
      Given Ada has founded the organization "Zoology"
      And Ben is a member of "Zoology"
      When Ada moves Ben to "Botany" and makes Ben an admin of it
      Then Ben is an admin of "Botany"
