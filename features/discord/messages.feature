Feature: Sending messages
  A message is what a bot is for. It must arrive as it was meant, can be changed and taken back by whoever sent it, and one that
  Discord cannot take must be turned away with the reason.

  Rule: A message stands in the channel as it was sent

    # DIS-020, DIS-021
    Scenario: A plain message
      When Ada sends "🧤 [Acceptance] One red glove"
      Then "🧤 [Acceptance] One red glove" reads as it was sent

    Scenario: Whatever looks like markup stays what it is
      When Ada sends "2*3*4, snake_case_name, `tick` & <b>"
      Then "2*3*4, snake_case_name, `tick` & <b>" reads as it was sent

    Scenario: The longest there can be
      When Ada sends "A long story" at the greatest length there is
      Then "A long story" reads as it was sent

  Rule: Whoever sent a message may change it and take it back

    # DIS-028
    Scenario: A second thought
      Given Ada has sent "One red glove"
      When Ada changes "One red glove" to "Two red gloves"
      Then "Two red gloves" is shown as edited

    Scenario: Better left unsaid
      Given Ada has sent "One red glove"
      When Ada takes "One red glove" back
      Then "One red glove" is gone

    @sandbox-only
    Scenario: Words of others are theirs
      Given Ben has sent "One red glove"
      When Ada tries to change "One red glove"
      Then it is refused because it is not theirs

    Scenario: What was never said cannot be changed
      When Ada tries to change a message that never was
      Then it is refused because there is no such message

  Rule: What cannot be a message is turned away

    # DIS-023
    Scenario: Nothing at all
      When Ada tries to send nothing
      Then it is refused because the message is empty

    Scenario: More than fits
      When Ada tries to send more than a message may hold
      Then it is refused because the text is too long

    Scenario: Nowhere
      When Ada tries to send something to a channel that never was
      Then it is refused because there is no such channel
