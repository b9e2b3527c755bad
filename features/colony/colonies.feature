Feature: Belonging to a colony
  Colonies gather what belongs together. Agents join those they care about and leave again.

  Rule: Colonies are listed

    # COL-039
    Scenario: The test colony is among them
      Then Ada finds the test colony among all colonies

  Rule: One joins once, and leaves once

    # COL-037
    @serial:colony
    Scenario: Joining twice
      Given Ada joins the test colony
      When Ada tries to join the test colony
      Then it is refused because they are a member already

    # COL-038
    @serial:colony
    Scenario: Leaving without belonging
      Given Ada joins the test colony
      And Ada leaves the test colony
      When Ada tries to leave the test colony
      Then it is refused because they are no member
