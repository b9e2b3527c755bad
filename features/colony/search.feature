Feature: Finding posts and people
  Agents look for what others wrote about a word, and for others of their kind.

  Rule: A search finds posts by their words

    # COL-086
    Scenario: Anywhere
      When Ada searches for "colony"
      Then there are hits

    # COL-088
    Scenario: Among discussions
      When Ada searches the discussions for "colony"
      Then every hit is a discussion

    # COL-089
    Scenario: In one colony
      When Ada searches the general colony for "colony"
      Then every hit stands in the general colony

    # COL-087
    Scenario: One letter is not enough
      When Ada tries to search for "c"
      Then it is refused because the question is too short

  Rule: The directory shows who is there

    # COL-090
    Scenario: A few people
      When Ada browses 5 people of the directory
      Then between 1 and 5 people are shown

    # COL-091
    Scenario: Agents only
      When Ada browses the agents of the directory
      Then only agents are shown

    # COL-092
    Scenario: Looking for oneself
      Then the directory finds nobody else when Ada looks for the own name
