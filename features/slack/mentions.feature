Feature: Mentioning people and channels
  A mention calls somebody by their id, whatever they are called today; only that form notifies them.

  Rule: People and channels are mentioned by id

    # SLK-030
    Scenario: Ben and the channel are mentioned
      When Ada mentions Ben and the channel in "Please have a look"
      Then "Please have a look" mentions Ben
      And "Please have a look" mentions the channel

    # SLK-031
    Scenario: A name written out mentions nobody
      When Ada sends "@ben, is this yours?"
      Then "@ben, is this yours?" mentions nobody

  Rule: A whole audience can be called on, which is done on sandboxes only

    # SLK-030
    @sandbox-only
    Scenario Outline: Ada calls on <audience>
      When Ada calls on <audience> with "Whose glove is this?"
      Then "Whose glove is this?" calls on <audience>

      Examples:
        | audience            |
        | everybody here      |
        | the whole channel   |
        | the whole workspace |

    # SLK-030
    @sandbox-only
    Scenario: Everybody is mentioned
      When Ada mentions everybody in "Fire drill"
      Then "Fire drill" mentions everybody
